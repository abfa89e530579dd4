// Tells the style sheet that scripts run, and keeps the reader's place after htmx has exchanged the page.
document.documentElement.classList.remove("no-script");

document.addEventListener("htmx:afterSettle", (event) => {
  const heading = document.querySelector("main h1");
  if (event.detail.elt === document.body && heading) heading.focus({ preventScroll: true });
});

// After signing out, photographs taken on this phone without a network are nobody's: the phone may go to another hand.
document.addEventListener("submit", (event) => {
  if (new URL(event.target.action, location.href).pathname === "/sign-out/") localStorage.removeItem("pandok.account");
});

// htmx exchanges the body only: what the new page asks for in its head (styles, modules) comes along before it is shown.
function bringHead(html) {
  const wanted = new DOMParser().parseFromString(html, "text/html").head;
  for (const one of wanted.querySelectorAll("link[rel=stylesheet], script[type=module][src]")) {
    const [name, at] = one.localName === "link" ? ["href", one.getAttribute("href")] : ["src", one.getAttribute("src")];
    if (document.head.querySelector(`${one.localName}[${name}="${CSS.escape(at)}"]`)) continue;
    const copy = document.createElement(one.localName);
    for (const { name: key, value } of one.attributes) copy.setAttribute(key, value);
    document.head.append(copy);
  }
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target === document.body && event.detail.serverResponse) bringHead(event.detail.serverResponse);
});
