/* The workbench's two or three texts side by side: which paragraph belongs to which, by their keys; what is not
   translated yet; copying a paragraph of the source. Without this script the page shows the same texts. */

const form = document.getElementById("workbench")
const area = document.querySelector("textarea[name=text_body]")
const columns = [...document.querySelectorAll("[data-column]")]
const source = document.querySelector('[data-column="source"]')
const said = document.getElementById("bench-said")
const words = form ? JSON.parse(form.dataset.words) : {}
const fields = { title: document.querySelector("[name=text_title]"), summary: document.querySelector("[name=text_summary]") }
let editor = null
let current = ""
/* Where the caret waits for a paragraph that the text does not have yet. */
let waiting = null
let partners = new Map()

/* What was refused stands beside the fields, below what a long page begins with. */
document.querySelector(".bench-text .errornote")?.scrollIntoView({ block: "center" })

const say = (text) => void ((said.textContent = ""), requestAnimationFrame(() => (said.textContent = text)))
const fill = (sentence, value) => sentence.replace("%s", () => value)

/* -- Paragraphs and their partners --------------------------------------------------------------------------------- */
function own(element) {
  const clone = element.cloneNode(true)
  for (const mark of clone.querySelectorAll(".block-mark")) mark.remove()
  return clone.textContent.trim()
}

const sourceBlocks = () =>
  source ? [...source.querySelectorAll("[data-key]")].map((element) => ({ element, key: element.dataset.key, text: own(element) })) : []

/* The editor puts a paragraph into every item; the key of a plain item is the item's. */
function targetBlocks() {
  if (!editor) return []
  return [...editor.view.dom.querySelectorAll("p, h2, h3")].map((element) => {
    const item = element.parentElement.tagName === "LI" && element.parentElement.firstElementChild === element ? element.parentElement : null
    return { element, key: element.dataset.key || item?.dataset.key || "", text: element.textContent.trim() }
  })
}

/* By key; what has none yet belongs, in order, to what is free in the source between the same neighbours, as when it is
   saved; what is left over to the paragraph before it, since one paragraph may become two. */
function pair() {
  const theirs = sourceBlocks().filter(({ key }) => !(key in fields))
  const mine = targetBlocks()
  const place = new Map(theirs.map(({ key }, index) => [key, index]))
  const taken = new Set(mine.map(({ key }) => key).filter((key) => place.has(key)))
  const found = new Map()
  const give = (key, block) => found.set(key, [...(found.get(key) || []), block])
  let last = -1
  mine.forEach((block, index) => {
    if (place.has(block.key)) {
      last = place.get(block.key)
      return give(block.key, block)
    }
    const next = mine.slice(index).find(({ key }) => place.has(key))
    const end = next && place.get(next.key) > last ? place.get(next.key) : theirs.length
    const free = theirs.slice(last + 1, end).find(({ key }) => !taken.has(key))
    if (free) {
      taken.add(free.key)
      last = place.get(free.key)
      give(free.key, block)
    } else if (theirs[last]) give(theirs[last].key, block)
  })
  partners = found
}

function translation(key) {
  if (key in fields) return fields[key]?.value.trim() || ""
  return (partners.get(key) || []).map(({ text }) => text).join(" ").trim()
}

function isMissing({ key, text }) {
  const here = translation(key)
  return text !== "" && (here === "" || (here === text && /\p{L}/u.test(text)))
}

const missing = () => (editor ? sourceBlocks().filter(isMissing) : [])

function refresh() {
  pair()
  const open = missing()
  for (const { element, key } of sourceBlocks()) {
    const mark = element.querySelector(":scope > .block-mark")
    if (mark) mark.hidden = !open.some((block) => block.key === key)
  }
  const left = document.querySelector("[data-untranslated-count]")
  const bodies = open.filter(({ key }) => !(key in fields)).length
  if (left) left.textContent = bodies ? fill(words.left, new Intl.NumberFormat(document.documentElement.lang).format(bodies)) : words.allTranslated
}

let timer = 0
const refreshSoon = () => (clearTimeout(timer), (timer = setTimeout(refresh, 200)))

/* -- Where the caret is -------------------------------------------------------------------------------------------- */
function choose(key) {
  current = key
  for (const column of columns) {
    for (const element of column.querySelectorAll(".is-partner")) element.classList.remove("is-partner")
    const element = column.querySelector(`[data-key="${CSS.escape(key)}"]`)
    element?.classList.add("is-partner")
    if (element) intoView(column, element)
  }
}

function intoView(box, element) {
  const [outer, inner] = [box.getBoundingClientRect(), element.getBoundingClientRect()]
  if (inner.top < outer.top) box.scrollTop -= outer.top - inner.top + 8
  else if (inner.bottom > outer.bottom) box.scrollTop += Math.min(inner.bottom - outer.bottom + 8, inner.top - outer.top - 8)
}

function blockOfCaret() {
  const at = editor.view.domAtPos(editor.state.selection.from).node
  return (at.nodeType === Node.TEXT_NODE ? at.parentElement : at).closest("p, h2, h3")
}

function follow() {
  const block = blockOfCaret()
  if (!block || block === waiting) return
  waiting = null
  pair()
  for (const [key, blocks] of partners) if (blocks.some(({ element }) => element === block)) return choose(key)
}

/* The block of the text nearest before a paragraph of the source; null where it begins the text. */
function before(key) {
  const keys = sourceBlocks().map((block) => block.key).filter((each) => !(each in fields))
  for (let index = keys.indexOf(key) - 1; index >= 0; index--) {
    const blocks = partners.get(keys[index])
    if (blocks) return blocks.at(-1).element
  }
  return null
}

function goTo(key) {
  if (!form) return
  if (key in fields) {
    fields[key].focus()
    return choose(key)
  }
  if (!editor) return
  pair()
  const element = partners.get(key)?.[0].element || before(key)
  const position = element ? editor.view.posAtDOM(element, partners.has(key) ? 0 : element.childNodes.length) : 0
  waiting = partners.has(key) ? null : element || editor.view.dom.firstElementChild
  editor.chain().focus().setTextSelection(position).run()
  if (element) intoView(editor.view.dom, element)
  choose(key)
}

function next(step) {
  const order = sourceBlocks()
  pair()
  const open = missing()
  if (!open.length) return say(words.allTranslated)
  const at = order.findIndex(({ key }) => key === current)
  const places = open.map((block) => order.findIndex(({ key }) => key === block.key))
  const to = step > 0 ? (places.find((place) => place > at) ?? places[0]) : (places.findLast((place) => place < at) ?? places.at(-1))
  goTo(order[to].key)
  say(fill(words.untranslated, order[to].text.slice(0, 200)))
}

/* -- Copying a paragraph of the source ----------------------------------------------------------------------------- */
function copied(element) {
  let clone = element.cloneNode(true)
  clone.removeAttribute("id")
  clone.classList.remove("is-partner")
  if (!clone.className) clone.removeAttribute("class")
  for (const mark of clone.querySelectorAll(".block-mark")) mark.remove()
  const inside = clone.innerHTML.trim()
  for (let parent = element.parentElement; parent !== source; parent = parent.parentElement) {
    if (!["UL", "OL", "LI", "BLOCKQUOTE"].includes(parent.tagName)) continue
    const around = document.createElement(parent.tagName)
    around.append(clone)
    clone = around
  }
  return { html: clone.outerHTML, inside }
}

function copy() {
  const block = sourceBlocks().find(({ key }) => key === current)
  if (!block) return say(words.nothingToCopy)
  if (block.key in fields) {
    fields[block.key].value = block.text
    fields[block.key].dispatchEvent(new Event("input", { bubbles: true }))
    fields[block.key].focus()
    return say(words.copied)
  }
  if (!editor) return
  pair()
  const { html, inside } = copied(block.element)
  waiting = null
  const mine = partners.get(block.key)
  const empty = mine?.find(({ text }) => text === "")?.element
  if (editor.isEmpty) editor.chain().setContent(html, { emitUpdate: true }).focus("end").run()
  else if (empty?.parentElement.tagName === "LI") editor.chain().focus().insertContentAt(editor.view.posAtDOM(empty, 0), inside).run()
  else if (empty) {
    const place = editor.state.doc.resolve(editor.view.posAtDOM(empty, 0))
    editor.chain().focus().insertContentAt({ from: place.before(), to: place.after() }, html).run()
  } else {
    const earlier = mine ? mine.at(-1).element : before(block.key)
    const place = earlier ? editor.state.doc.resolve(editor.view.posAtDOM(earlier, 0)) : null
    const isItem = block.element.closest("li") && earlier?.parentElement.tagName === "LI"
    const item = isItem ? `<li data-key="${block.key}"><p>${inside}</p></li>` : html
    editor.chain().focus().insertContentAt(place ? place.after(isItem ? place.depth - 1 : 1) : 0, item).run()
  }
  choose(block.key)
  refreshSoon()
  say(words.copied)
}

const read = () => {
  const block = sourceBlocks().find(({ key }) => key === current)
  say(block ? fill(words.sourceSays, block.text) : words.noSource)
}

/* For scrolling together: the paragraphs of a column, each with the key of its partners. */
function placesIn(box) {
  if (box !== editor?.view.dom) return [...box.querySelectorAll("[data-key]")].map((element) => [element.dataset.key, element])
  return [...partners].map(([key, blocks]) => [key, blocks[0].element])
}

if (form && area) {
  for (const element of document.querySelectorAll(".needs-script")) element.hidden = false
  for (const column of columns) {
    column.addEventListener("click", (event) => {
      const block = event.target.closest("[data-key]")
      if (block && !getSelection().toString() && !event.target.closest("a")) goTo(block.dataset.key)
    })
  }
  for (const [key, field] of Object.entries(fields)) {
    field.addEventListener("focus", () => choose(key))
    field.addEventListener("input", refreshSoon)
  }
  const start = () => {
    editor = area.richText
    document.body.classList.add("has-editor")
    editor.on("selectionUpdate", follow)
    editor.on("focus", follow)
    editor.on("update", refreshSoon)
    refresh()
    area.benchPlaces = placesIn
    area.dispatchEvent(new Event("bench-ready"))
  }
  if (area.richText) start()
  else area.addEventListener("rich-text-ready", start)
  form.addEventListener("bench-previous", () => next(-1))
  form.addEventListener("bench-read", read)
  document.querySelector("[data-tool=next]")?.addEventListener("click", () => next(1))
  document.querySelector("[data-tool=copy]")?.addEventListener("click", copy)
}
