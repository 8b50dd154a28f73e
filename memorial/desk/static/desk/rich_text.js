/* The prose editor on every text area with data-rich-text. TipTap comes from django-prose-editor's bundle; the toolbar
   is ours: real buttons with names, reached and walked by the keyboard. Nothing is written inline, so the strict policy
   holds. When anything fails, the text area stays as it is and nothing is lost. */

const blocks = ["paragraph", "heading", "listItem"]
const boxes = [...blocks, "blockquote", "bulletList", "orderedList"]

const attribute = (name, html, keepOnSplit) => ({
  [name]: {
    default: null,
    keepOnSplit,
    parseHTML: (element) => element.getAttribute(html) || null,
    renderHTML: (attributes) => (attributes[name] ? { [html]: attributes[name] } : {}),
  },
})

/* A block's key belongs to one block. TipTap copies it when a paragraph is split in its middle, and so does pasting:
   the first block that has a key keeps it, a later one gets its own from the server. */
function keyExtension(tiptap) {
  return tiptap.Extension.create({
    name: "blockKeys",
    addGlobalAttributes: () => [
      { types: blocks, attributes: attribute("blockKey", "data-key", false) },
      { types: boxes, attributes: { ...attribute("lang", "lang", true), ...attribute("dir", "dir", true) } },
    ],
    addProseMirrorPlugins: () => [
      new tiptap.Plugin({
        appendTransaction: (transactions, _before, state) => {
          if (!transactions.some((transaction) => transaction.docChanged)) return null
          const taken = new Set()
          const { tr } = state
          state.doc.descendants((node, position) => {
            const key = node.attrs.blockKey
            if (!key) return
            if (taken.has(key)) tr.setNodeAttribute(position, "blockKey", null)
            taken.add(key)
          })
          return tr.docChanged ? tr : null
        },
      }),
    ],
  })
}

function foreignMark(tiptap) {
  return tiptap.Mark.create({
    name: "foreign",
    addAttributes: () => ({ ...attribute("lang", "lang", true), ...attribute("dir", "dir", true) }),
    parseHTML: () => [{ tag: "span[lang]" }, { tag: "span[dir]" }],
    renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
  })
}

function linkWithLanguage(tiptap) {
  return tiptap.Link.extend({
    addAttributes() {
      return { href: { default: null }, ...attribute("hreflang", "hreflang", true) }
    },
    /* The bundle's own dialog is bound to Mod-k; ours is opened by the button and by the same keys. */
    addKeyboardShortcuts: () => ({}),
  })
}

/* The editor puts a paragraph into every list item; the archive keeps a plain item plain, with the key on the item. */
function tidy(html) {
  const holder = document.createElement("template")
  holder.innerHTML = html
  for (const item of holder.content.querySelectorAll("li")) {
    const first = item.firstElementChild
    if (!first || first.tagName !== "P") continue
    if (item.children.length === 1) {
      for (const { name, value } of [...first.attributes]) {
        if (!item.hasAttribute(name)) item.setAttribute(name, value)
      }
      first.replaceWith(...first.childNodes)
    } else {
      const key = item.getAttribute("data-key")
      if (key && !first.hasAttribute("data-key")) first.setAttribute("data-key", key)
      item.removeAttribute("data-key")
    }
  }
  const out = holder.innerHTML
  return /^<p[^>]*><\/p>$/.test(out) ? "" : out
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

let asked = 0
/* Ask for a few lines in a modal dialog; answers an object, or null when it is cancelled. */
function ask(title, fields, words) {
  return new Promise((resolve) => {
    const number = ++asked
    const form = element("form", { method: "dialog", class: "rich-text-dialog-form" })
    const heading = element("h2", { id: `rich-text-dialog-${number}` }, title)
    form.append(heading)
    for (const [name, label, value] of fields) {
      const id = `rich-text-dialog-${number}-${name}`
      const input = element("input", { id, name, type: "text", dir: "ltr" })
      input.value = value || ""
      form.append(element("p", {}, element("label", { for: id }, label), input))
    }
    const cancel = element("button", { type: "button", class: "quiet" }, window.gettext ? window.gettext("Cancel") : "×")
    form.append(element("p", { class: "actions" }, element("button", { type: "submit", value: "apply" }, words.apply), cancel))
    const dialog = element("dialog", { class: "rich-text-dialog", "aria-labelledby": heading.id }, form)
    document.body.append(dialog)
    cancel.addEventListener("click", () => dialog.close("cancel"))
    dialog.addEventListener("close", () => {
      const answer = dialog.returnValue === "apply" ? Object.fromEntries(new FormData(form)) : null
      dialog.remove()
      resolve(answer)
    })
    dialog.showModal()
  })
}

async function askForLink(editor, words, schemes) {
  const now = editor.getAttributes("link")
  const answer = await ask(words.link, [["href", words.address, now.href], ["hreflang", words.addressLanguage, now.hreflang]], words)
  if (!answer) return editor.commands.focus()
  const href = answer.href.trim()
  const chain = editor.chain().focus().extendMarkRange("link")
  if (!schemes.some((scheme) => href.startsWith(`${scheme}:`))) return chain.unsetMark("link").run()
  return chain.setMark("link", { href, hreflang: answer.hreflang.trim() || null }).run()
}

async function askForLanguage(editor, words) {
  const now = editor.getAttributes("foreign")
  const answer = await ask(words.foreign, [["lang", words.tag, now.lang], ["dir", words.direction, now.dir]], words)
  if (!answer) return editor.commands.focus()
  const lang = answer.lang.trim().toLowerCase()
  const dir = ["ltr", "rtl"].includes(answer.dir.trim()) ? answer.dir.trim() : null
  const chain = editor.chain().focus().extendMarkRange("foreign")
  return lang ? chain.setMark("foreign", { lang, dir }).run() : chain.unsetMark("foreign").run()
}

function toolbarItems(editor, words, tags, schemes) {
  const run = (step) => () => step(editor.chain().focus()).run()
  const items = [
    ["p", "paragraph", "notes", run((c) => c.setParagraph()), () => editor.isActive("paragraph")],
    ["h2", "heading", "title", run((c) => c.toggleHeading({ level: 2 })), () => editor.isActive("heading", { level: 2 })],
    ["h3", "subheading", "text_fields", run((c) => c.toggleHeading({ level: 3 })), () => editor.isActive("heading", { level: 3 })],
    ["ul", "bulletList", "format_list_bulleted", run((c) => c.toggleBulletList()), () => editor.isActive("bulletList")],
    ["ol", "orderedList", "format_list_numbered", run((c) => c.toggleOrderedList()), () => editor.isActive("orderedList")],
    ["blockquote", "blockquote", "format_quote", run((c) => c.toggleBlockquote()), () => editor.isActive("blockquote")],
    null,
    ["strong", "bold", "format_bold", run((c) => c.toggleBold()), () => editor.isActive("bold")],
    ["em", "italic", "format_italic", run((c) => c.toggleItalic()), () => editor.isActive("italic")],
    ["a", "link", "insert_link", () => askForLink(editor, words, schemes), () => editor.isActive("link")],
    ["a", "unlink", "link_off", run((c) => c.extendMarkRange("link").unsetMark("link")), null],
    ["span", "foreign", "translate", () => askForLanguage(editor, words), () => editor.isActive("foreign")],
    null,
    ["p", "undo", "undo", run((c) => c.undo()), null],
    ["p", "redo", "redo", run((c) => c.redo()), null],
  ]
  return items.filter((item) => item === null || tags.includes(item[0]))
}

/* After the ARIA Authoring Practices: one tab stop, arrows between the buttons. */
function toolbar(editor, settings, editedId) {
  const { words, tags, schemes } = settings
  const bar = element("div", { role: "toolbar", "aria-label": words.toolbar, "aria-controls": editedId, class: "rich-text-toolbar" })
  const toggles = []
  for (const item of toolbarItems(editor, words, tags, schemes)) {
    if (item === null) {
      bar.append(element("span", { class: "rich-text-gap", "aria-hidden": "true" }))
      continue
    }
    const [, word, icon, command, isActive] = item
    const symbol = element("span", { class: "material-icons", "aria-hidden": "true" }, icon)
    const button = element("button", { type: "button", title: words[word], "aria-label": words[word], tabindex: "-1" }, symbol)
    button.addEventListener("click", command)
    if (isActive) toggles.push([button, isActive])
    bar.append(button)
  }
  const buttons = [...bar.querySelectorAll("button")]
  buttons[0].tabIndex = 0
  bar.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight"
    const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft"
    const at = buttons.indexOf(document.activeElement)
    const to = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: buttons.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = buttons[(to + buttons.length) % buttons.length]
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1
    next.focus()
  })
  const refresh = () => {
    for (const [button, isActive] of toggles) button.setAttribute("aria-pressed", String(isActive()))
  }
  editor.on("transaction", refresh)
  refresh()
  return bar
}

function extensions(tiptap, tags) {
  const wanted = {
    p: tiptap.Paragraph, strong: tiptap.Bold, em: tiptap.Italic, br: tiptap.HardBreak, blockquote: tiptap.Blockquote,
    ul: tiptap.BulletList, li: tiptap.ListItem, a: linkWithLanguage(tiptap).configure({ openOnClick: false, autolink: false }),
    ol: tiptap.OrderedList.configure({ enableListAttributes: false }), span: foreignMark(tiptap),
  }
  const levels = [2, 3].filter((level) => tags.includes(`h${level}`))
  return [
    tiptap.Document, tiptap.Text, tiptap.History, tiptap.Dropcursor, tiptap.Gapcursor, keyExtension(tiptap),
    ...Object.entries(wanted).filter(([tag]) => tags.includes(tag)).map(([, extension]) => extension),
    ...(levels.length ? [tiptap.Heading.configure({ levels })] : []),
  ]
}

async function edit(area) {
  const settings = JSON.parse(area.dataset.richText)
  const tiptap = await import(area.dataset.editor)
  const label = document.querySelector(`label[for="${area.id}"]`)
  if (label && !label.id) label.id = `${area.id}-label`
  const editedId = `${area.id}-edited`
  const attributes = { id: editedId, role: "textbox", "aria-multiline": "true", class: "rich-text-edited" }
  if (label) attributes["aria-labelledby"] = label.id
  for (const name of ["lang", "dir", "aria-describedby", "aria-invalid"]) {
    if (area.hasAttribute(name)) attributes[name] = area.getAttribute(name)
  }
  const box = element("div", { class: "rich-text" })
  const editor = new tiptap.Editor({
    element: box,
    extensions: extensions(tiptap, settings.tags),
    content: area.value,
    injectCSS: false,
    editorProps: { attributes: () => ({ ...attributes, lang: area.lang, dir: area.dir || "auto" }) },
    onUpdate: ({ editor: changed }) => {
      area.value = tidy(changed.getHTML())
      area.dispatchEvent(new Event("input", { bubbles: true }))
    },
  })
  area.before(box)
  box.prepend(toolbar(editor, settings, editedId))
  area.hidden = true
  area.nextElementSibling?.matches("noscript") && area.nextElementSibling.remove()
  if (label) label.addEventListener("click", (event) => (event.preventDefault(), editor.commands.focus()))
  /* The language of the text may be chosen in the same form (see desk.js). */
  new MutationObserver(() => editor.view.dispatch(editor.state.tr)).observe(area, { attributeFilter: ["lang", "dir"] })
  area.richText = editor
  area.dispatchEvent(new Event("rich-text-ready")) // for the page's own scripts
}

for (const area of document.querySelectorAll("textarea[data-rich-text]")) {
  edit(area).catch((error) => console.error("The editor could not start; the text area stays.", error))
}
