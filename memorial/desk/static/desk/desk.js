/* Small comforts of the desk's forms; everything works without them. */

/* The menus of a language bar and of the header send themselves; their button is for those without JavaScript. */
for (const form of document.querySelectorAll("form[data-sends-itself]")) {
  form.querySelector("button")?.classList.add("visually-hidden")
  form.addEventListener("change", () => form.requestSubmit())
}

/* The original's language, chosen in the form, is the language of the text below it. */
const original = document.querySelector("select[data-directions]")
if (original) {
  const directions = JSON.parse(original.dataset.directions)
  const follow = () => {
    for (const field of document.querySelectorAll("[name=text_title], [name=text_summary], [name=text_body]")) {
      field.lang = original.value
      field.dir = directions[original.value] || "auto"
    }
  }
  original.addEventListener("change", follow)
  follow()
}

/* Select2 leaves what it draws without a name: it is called what its field is called. */
function nameSelect2(box) {
  const select = box.previousElementSibling
  const label = select?.id && document.querySelector(`label[for="${select.id}"]`)
  const selection = box.querySelector(".select2-selection")
  if (!label || !selection) return
  label.id ||= `${select.id}-label`
  const shown = box.querySelector(".select2-selection--single .select2-selection__rendered")
  shown?.removeAttribute("role")
  shown?.removeAttribute("aria-readonly")
  selection.setAttribute("aria-labelledby", shown ? `${label.id} ${shown.id}` : label.id)
  box.querySelector(".select2-search__field")?.setAttribute("aria-labelledby", label.id)
}
for (const box of document.querySelectorAll("select + .select2-container")) nameSelect2(box)
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) {
      if (!(node instanceof Element)) continue
      if (node.matches("select + .select2-container")) nameSelect2(node)
      const search = node.querySelector?.(".select2-dropdown .select2-search__field")
      const label = document.querySelector(".select2-container--open .select2-selection")?.getAttribute("aria-labelledby")
      if (search && label) search.setAttribute("aria-labelledby", label.split(" ")[0])
    }
  }
}).observe(document.body, { childList: true, subtree: true })

/* Nobody leaves a changed form by accident. */
for (const form of document.querySelectorAll("form[method=post]:not([data-unguarded])")) {
  if (!form.querySelector("textarea")) continue
  let isChanged = false
  form.addEventListener("input", () => (isChanged = true))
  form.addEventListener("submit", () => (isChanged = false))
  window.addEventListener("beforeunload", (event) => isChanged && event.preventDefault())
}
