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

/* Nobody leaves a changed form by accident. */
for (const form of document.querySelectorAll("form[method=post]:not([data-unguarded])")) {
  if (!form.querySelector("textarea")) continue
  let isChanged = false
  form.addEventListener("input", () => (isChanged = true))
  form.addEventListener("submit", () => (isChanged = false))
  window.addEventListener("beforeunload", (event) => isChanged && event.preventDefault())
}
