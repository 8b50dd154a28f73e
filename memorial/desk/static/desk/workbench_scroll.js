/* The columns of the workbench scroll together, by the paragraphs that belong to each other; a switch turns it off. */

const area = document.querySelector("textarea[name=text_body]")
const columns = [...document.querySelectorAll("[data-column]")]
const together = document.getElementById("scroll-together")
let leader = null

/* Only the column that somebody's hand is on leads; the others follow without leading in their turn. */
function scrolled(box, boxes) {
  if (leader !== box || !together.checked) return
  const top = box.getBoundingClientRect().top
  const seen = area.benchPlaces(box).find(([, element]) => element.getBoundingClientRect().bottom > top + 4)
  if (!seen) return
  const offset = seen[1].getBoundingClientRect().top - top
  for (const other of boxes) {
    const target = other !== box && area.benchPlaces(other).find(([key]) => key === seen[0])?.[1]
    if (target) other.scrollTop += target.getBoundingClientRect().top - other.getBoundingClientRect().top - offset
  }
}

function start() {
  const boxes = [...columns, area.richText.view.dom]
  for (const box of boxes) {
    for (const event of ["pointerenter", "wheel", "touchstart", "focusin", "keydown"]) {
      box.addEventListener(event, () => (leader = box), { passive: true })
    }
    box.addEventListener("scroll", () => scrolled(box, boxes), { passive: true })
  }
}

if (area && together) {
  together.checked = localStorage.getItem("bench-together") !== "off"
  together.addEventListener("change", () => localStorage.setItem("bench-together", together.checked ? "on" : "off"))
  if (area.benchPlaces) start()
  else area.addEventListener("bench-ready", start)
}
