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
