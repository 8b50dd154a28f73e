/* The words of the text being worked on are counted while it is typed, as the server counts them. */

const form = document.getElementById("workbench")
const counted = document.querySelector("[data-count=text]")
/* Han and kana are written without spaces: each is a word. */
const ideograph = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu

function count() {
  const area = document.querySelector("textarea[name=text_body]")
  const html = new DOMParser().parseFromString(area.value, "text/html")
  for (const block of html.querySelectorAll("p, li, h2, h3, br")) block.append("\n")
  for (const line of html.querySelectorAll("br")) line.replaceWith("\n")
  const all = [document.querySelector("[name=text_title]").value, document.querySelector("[name=text_summary]").value, html.body.textContent]
  return all.join("\n").replace(ideograph, " $& ").split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

if (form && counted) {
  const { words } = JSON.parse(form.dataset.words)
  const number = new Intl.NumberFormat(document.documentElement.lang)
  let timer = 0
  document.addEventListener("input", ({ target }) => {
    if (target.form !== form) return
    clearTimeout(timer)
    timer = setTimeout(() => (counted.textContent = words.replace("%s", () => number.format(count()))), 300)
  })
}
