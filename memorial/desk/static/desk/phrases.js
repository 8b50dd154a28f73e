/* The chips under a phrase put a placeholder where the cursor was in that phrase's field. */

let last = null

document.addEventListener("focusin", (event) => {
  if (event.target.matches("[data-field]")) last = event.target
})

for (const chip of document.querySelectorAll("[data-insert]")) chip.disabled = false

document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-insert]")
  if (!chip) return
  const row = chip.closest("[data-row]")
  const field = last && row.contains(last) ? last : row.querySelector("[data-field]")
  const isNew = field !== last
  const at = isNew ? field.value.length : field.selectionStart
  field.setRangeText(chip.dataset.insert, at, isNew ? at : field.selectionEnd, "end")
  field.focus()
  field.dispatchEvent(new Event("input", { bubbles: true }))
})
