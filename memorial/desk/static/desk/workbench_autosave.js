/* What is typed is kept privately: two seconds after typing stops, every eight seconds while it goes on, and when the
   page is left. It says when, and why where it could not; it goes on by itself after somebody has logged in again. */

const form = document.getElementById("workbench")
const kept = document.getElementById("kept")
const PAUSE = 2000
const LONGEST = 8000
const RETRY = 5000
/* Browsers let a page that is being closed send at most 64 kB. */
const LAST_WORDS = 60000

if (form && kept) {
  const words = JSON.parse(form.dataset.words)
  const typed = { count: 0, kept: 0, first: 0, sending: null, isLeaving: false, isOut: false }
  let timer = 0

  const fill = (sentence, value) => sentence.replace("%s", () => value)
  const value = (name) => document.querySelector(`[form=workbench][name=${name}], #workbench [name=${name}]`)?.value ?? ""
  const isDirty = () => typed.kept < typed.count
  const clock = (moment) => new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hour12: false }).format(moment)

  function show(text, state, link) {
    kept.dataset.state = state
    kept.replaceChildren(text)
    if (link) {
      const anchor = document.createElement("a")
      Object.assign(anchor, { href: form.dataset.logIn, target: "_blank", rel: "noopener", textContent: link })
      kept.append(" ", anchor)
    }
  }

  const body = () =>
    JSON.stringify({
      title: value("text_title"), summary: value("text_summary"), body: value("text_body"),
      origin: value("text_origin"), completeness: value("text_completeness"), credit: value("text_credit"),
      seen: value("text_seen"), based_on: value("based_on"),
    })

  const send = (settings) =>
    fetch(form.dataset.draft, { credentials: "same-origin", ...settings, headers: { Accept: "application/json", ...settings.headers } })

  const post = (settings = {}) =>
    send({
      method: "POST", body: body(), ...settings,
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    })

  /* After logging in again the old token is of no use; this answers whether there is a new one. */
  async function renewed() {
    const answer = await send({ method: "GET" })
    if (!answer.ok || answer.redirected) return false
    const { token } = await answer.json()
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token
    return true
  }

  function later(delay) {
    clearTimeout(timer)
    timer = setTimeout(keep, delay)
  }

  async function keep() {
    if (!isDirty() || typed.isLeaving) return
    if (typed.sending) return later(PAUSE)
    const count = typed.count
    typed.sending = new AbortController()
    typed.first = 0
    try {
      let answer = await post({ signal: typed.sending.signal })
      if ((answer.status === 403 || answer.redirected) && (await renewed())) answer = await post({ signal: typed.sending.signal })
      await heard(answer, count)
    } catch (error) {
      if (error.name !== "AbortError") {
        show(fill(words.notKept, words.offline), "bad")
        later(RETRY)
      }
    } finally {
      typed.sending = null
    }
  }

  async function heard(answer, count) {
    if (answer.status === 401) {
      typed.isOut = true
      show(fill(words.notKept, words.loggedOut), "bad", words.logInAgain)
      return later(RETRY)
    }
    if (answer.status >= 500) throw new Error(answer.statusText)
    const said = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : { why: answer.statusText }
    typed.isOut = false
    if (!answer.ok) return show(fill(words.notKept, said.why), "bad")
    typed.kept = Math.max(typed.kept, count)
    const text = fill(words.kept, clock(new Date(said.kept_at)))
    show(said.saved_since ? `${text}. ${words.savedSince}` : text, said.saved_since ? "warn" : "good")
    if (isDirty()) later(PAUSE)
  }

  function lastWords() {
    if (!isDirty() || typed.isLeaving) return
    const isShort = new Blob([body()]).size < LAST_WORDS
    const count = typed.count
    post({ keepalive: isShort }).then((answer) => heard(answer, count)).catch(() => later(RETRY))
  }

  document.addEventListener("input", ({ target }) => {
    if (target.form !== form || !target.name?.startsWith("text_")) return
    typed.count += 1
    typed.first ||= Date.now()
    if (!typed.isOut) later(Math.max(0, Math.min(PAUSE, typed.first + LONGEST - Date.now())))
  })
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? lastWords() : typed.isOut && keep()))
  window.addEventListener("focus", () => typed.isOut && keep())
  window.addEventListener("pagehide", lastWords)
  form.addEventListener("submit", () => {
    typed.isLeaving = true
    clearTimeout(timer)
    typed.sending?.abort()
  })
  /* Back from the next page by the browser's own button: go on. */
  window.addEventListener("pageshow", () => (typed.isLeaving = false))
  window.addEventListener("beforeunload", (event) => isDirty() && !typed.isLeaving && event.preventDefault())
  if (form.dataset.keptAt) show(fill(words.kept, clock(new Date(form.dataset.keptAt))), "good")
}
