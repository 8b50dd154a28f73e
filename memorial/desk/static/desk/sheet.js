/* A sheet saves each row by itself: when it is left, and by Enter. Without this script its button saves the page.

   A row is any [data-row]; its fields carry [data-field], what the form was opened with is in their default values.
   The server answers with the row as it is now, and only what it says about the row, and what was not typed since,
   is taken over: the field that somebody types in is never touched. */

const form = document.querySelector("form[data-sheet]")

if (form) {
  const status = document.querySelector("[data-status]")
  const rows = () => [...form.querySelectorAll("[data-row]")]
  const fieldsOf = (row) => [...row.querySelectorAll("[data-field]")]
  const atWork = new Map() // a row that is being saved: whether it is to be saved once more
  let isLeaving = false

  for (const part of document.querySelectorAll("[data-with-script]")) part.hidden = false

  const hasChanged = (row) =>
    fieldsOf(row).some((field) => field.value !== field.defaultValue) ||
    ["refused", "failed"].includes(row.dataset.state)

  const chosen = (row) => row.querySelector("[type=radio]:checked")

  function say(row, text) {
    if (status) status.textContent = `${row.dataset.called}: ${text}`
  }

  function showOutcome(row, text) {
    const said = row.querySelector("[data-said]")
    said.querySelector("[data-outcome]")?.remove()
    const line = document.createElement("p")
    line.className = "row-outcome"
    line.dataset.outcome = ""
    line.textContent = text
    said.append(line)
  }

  function takeOver(row, fresh, sent) {
    const freshFields = new Map(fieldsOf(fresh).map((field) => [field.name, field]))
    for (const field of fieldsOf(row)) {
      const now = freshFields.get(field.name)
      if (!now) continue
      const isUntouched = field.value === sent.get(field.name)
      const typed = field.value
      field.defaultValue = fresh.dataset.state === "refused" || fresh.dataset.state === "conflict" ? field.defaultValue : now.value
      field.value = isUntouched ? now.value : typed
      field.toggleAttribute("aria-invalid", false)
      if (now.hasAttribute("aria-invalid")) field.setAttribute("aria-invalid", "true")
    }
    for (const seen of row.querySelectorAll("[data-seen]")) {
      const now = fresh.querySelector(`[data-seen][name="${CSS.escape(seen.name)}"]`)
      if (now) seen.value = now.value
    }
    for (const part of ["[data-said]", "[data-badges]"]) {
      const now = fresh.querySelector(part)
      const old = row.querySelector(part)
      if (now && old) old.replaceWith(now)
    }
    row.className = fresh.className
    row.dataset.state = fresh.dataset.state
    const counted = document.querySelector("[data-counted-here]")
    const done = document.querySelector("[data-done-here]")
    if (counted && fresh.dataset.counted) counted.textContent = fresh.dataset.counted
    if (done && fresh.dataset.done) done.value = Number(fresh.dataset.done)
    const outcome = row.querySelector("[data-outcome]")
    if (outcome) say(row, outcome.textContent.trim().replace(/\s+/g, " "))
  }

  async function send(row, extra) {
    const data = new FormData()
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value)
    data.append("one", "1")
    for (const control of row.querySelectorAll("[name]")) {
      if (control.type === "submit" || (control.type === "radio" && !control.checked)) continue
      data.append(control.name, control.value)
    }
    for (const [name, value] of extra) data.append(name, value)
    const sent = new Map(fieldsOf(row).map((field) => [field.name, field.value]))
    row.dataset.state = "saving"
    showOutcome(row, form.dataset.saving)
    try {
      const answer = await fetch(form.getAttribute("action") || location.href, { method: "POST", body: data, credentials: "same-origin" })
      const holder = document.createElement("template")
      if (answer.ok) holder.innerHTML = await answer.text()
      const fresh = holder.content.querySelector("[data-row]")
      if (!fresh || fresh.id !== row.id) throw new Error("no row")
      takeOver(row, fresh, sent)
    } catch {
      row.dataset.state = "failed"
      showOutcome(row, form.dataset.failed)
      say(row, form.dataset.failed)
    }
  }

  /* Save a row, unless there is nothing to save or a choice between two texts is still to be made. */
  async function save(row, extra = []) {
    if (!row) return
    if (atWork.has(row)) {
      atWork.set(row, true)
      return
    }
    if (row.dataset.state === "conflict" ? !chosen(row) : !extra.length && !hasChanged(row)) return
    atWork.set(row, false)
    await send(row, extra)
    const again = atWork.get(row)
    atWork.delete(row)
    if (again && row.dataset.state === "saved" && hasChanged(row)) save(row)
  }

  function go(field, step) {
    const all = rows()
    for (let at = all.indexOf(field.closest("[data-row]")) + step; at >= 0 && at < all.length; at += step) {
      const there = fieldsOf(all[at])
      const next = there.find((other) => other.dataset.field === field.dataset.field) || there[0]
      if (!next) continue
      next.focus()
      if (next.type === "text") next.select()
      next.scrollIntoView({ block: "nearest" })
      return
    }
  }

  form.addEventListener("focusout", (event) => {
    const row = event.target.closest("[data-row]")
    if (row && !row.contains(event.relatedTarget)) save(row)
  })

  form.addEventListener("keydown", (event) => {
    const field = event.target.closest("[data-field]")
    if (!field || event.isComposing) return
    const isLine = field.type === "text"
    const isMoving = isLine && !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
    if (event.key === "Enter" && (isLine || event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      save(field.closest("[data-row]"))
      go(field, event.shiftKey ? -1 : 1)
    } else if (isMoving && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault()
      go(field, event.key === "ArrowDown" ? 1 : -1)
    }
  })

  form.addEventListener("change", (event) => {
    if (event.target.type === "radio") save(event.target.closest("[data-row]"))
  })

  /* A button of one row ("back to the shipped text") sends that row alone. */
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[type=submit][name]")
    const row = button?.closest("[data-row]")
    if (!row) return
    event.preventDefault()
    save(row, [[button.name, button.value]])
  })

  form.addEventListener("submit", () => (isLeaving = true))
  window.addEventListener("beforeunload", (event) => {
    if (!isLeaving && (atWork.size || rows().some(hasChanged))) event.preventDefault()
  })
}
