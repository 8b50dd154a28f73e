/* Answers appear while a language's name is typed. Without this, the button of the form asks for them. */

const form = document.querySelector("[data-language-search]")
const results = document.querySelector("[data-language-results]")
const PAUSE = 250

let waiting = 0
let asked = null

async function ask() {
  const query = form.elements.q.value.trim()
  asked?.abort()
  if (query.length < 2) return
  asked = new AbortController()
  try {
    const answer = await fetch(`${form.action}?${new URLSearchParams({ q: query })}`, { signal: asked.signal })
    if (!answer.ok) return
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    const fresh = page.querySelector("[data-language-results]")
    if (fresh) results.replaceChildren(...fresh.childNodes)
  } catch (error) {
    if (error.name !== "AbortError") throw error
  }
}

if (form && results) {
  form.elements.q.addEventListener("input", () => {
    clearTimeout(waiting)
    waiting = setTimeout(ask, PAUSE)
  })
}
