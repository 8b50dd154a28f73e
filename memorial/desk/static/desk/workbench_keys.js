/* The workbench's keyboard shortcuts, their list, and the palette of characters that are hard to type. No shortcut is a
   plain character inside a field, so nothing that somebody types is taken from them. */

const form = document.getElementById("workbench")
const dialog = document.getElementById("shortcuts")
const palette = document.getElementById("palette")
const single = document.getElementById("single-key")
const area = document.querySelector("textarea[name=text_body]")
const tool = (name) => document.querySelector(`[data-tool=${name}]`)
let last = null

function press(value) {
  const button = document.querySelector(`.action-buttons [value="${value}"]`)
  if (button && !button.disabled) form.requestSubmit(button)
}

const isField = (element) => element instanceof Element && (element.matches("input, textarea, select") || element.isContentEditable)

/* -- Shortcuts ----------------------------------------------------------------------------------------------------- */
const shortcuts = [
  [(e) => (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey && e.code === "KeyS", () => press("save")],
  [(e) => e.altKey && e.key === "PageDown", () => tool("next")?.click()],
  [(e) => e.altKey && e.key === "PageUp", () => form.dispatchEvent(new Event("bench-previous"))],
  [(e) => e.altKey && e.key === "Enter", () => tool("copy")?.click()],
  [(e) => e.key === "F8" && !e.ctrlKey && !e.altKey, () => showPalette(palette.hidden)],
  [(e) => e.key === "F9" && !e.ctrlKey && !e.altKey, () => form.dispatchEvent(new Event("bench-read"))],
  [(e) => e.key === "?" && !isField(e.target) && single.checked, () => dialog.showModal()],
]

/* -- The palette --------------------------------------------------------------------------------------------------- */
function showPalette(isShown) {
  palette.hidden = !isShown
  tool("characters").setAttribute("aria-expanded", String(isShown))
  if (isShown) palette.querySelector("button")?.focus()
  else back()
}

function back() {
  if (last === area || !last) area.richText ? area.richText.commands.focus() : area.focus()
  else last.focus()
}

function insert(character) {
  if ((last === area || !last) && area.richText) {
    area.richText.chain().focus().insertContent({ type: "text", text: character }).run()
    return
  }
  const field = last || area
  field.setRangeText(character, field.selectionStart, field.selectionEnd, "end")
  field.dispatchEvent(new Event("input", { bubbles: true }))
  field.focus()
}

function walk(event) {
  const keys = [...palette.querySelectorAll("button")]
  const isRtl = getComputedStyle(palette).direction === "rtl"
  const step = { ArrowRight: isRtl ? -1 : 1, ArrowLeft: isRtl ? 1 : -1 }[event.key]
  if (event.key === "Escape") showPalette(false)
  else if (step) keys.at((keys.indexOf(document.activeElement) + step) % keys.length).focus()
  else return
  event.preventDefault()
}

if (form && area && palette) {
  document.addEventListener(
    "keydown",
    (event) => {
      if (document.querySelector("dialog[open]") || event.isComposing) return
      const [, run] = shortcuts.find(([matches]) => matches(event)) || []
      if (!run) return
      event.preventDefault()
      event.stopPropagation()
      run()
    },
    true,
  )
  document.addEventListener("focusin", ({ target }) => {
    if (target.closest?.(".rich-text-edited")) last = area
    else if (target.form === form && target.matches("input[type=text], textarea")) last = target
  })
  tool("characters").addEventListener("click", () => showPalette(palette.hidden))
  tool("shortcuts").addEventListener("click", () => dialog.showModal())
  palette.addEventListener("keydown", walk)
  palette.addEventListener("mousedown", (event) => event.preventDefault())
  palette.addEventListener("click", ({ target }) => {
    const key = target.closest("[data-character]")
    if (key) insert(key.dataset.character)
  })
  single.checked = localStorage.getItem("bench-single-key") !== "off"
  single.addEventListener("change", () => localStorage.setItem("bench-single-key", single.checked ? "on" : "off"))
}
