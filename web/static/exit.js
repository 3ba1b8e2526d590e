// The quick way out of pages for children: a button, or the Esc key three times. It leaves no way back.
const LEFT = "homeward-left";
const WITHIN = 3000;
const way = document.querySelector("[data-exit]");

document.querySelector("[data-exit-hint]")?.removeAttribute("hidden");
way?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

let pressed = [];
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") {
    pressed = [];
    return;
  }
  const now = Date.now();
  pressed = [...pressed.filter((at) => now - at < WITHIN), now];
  if (pressed.length < 3) return;
  event.preventDefault(); // else the browser takes it as a wish to stop where it is going
  leave();
});

// Another language takes the place of this page, so that one step back does not lead to it.
for (const link of document.querySelectorAll(".app-childs-languages a")) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    location.replace(link.href);
  });
}

// Whoever left does not come back by the browser's own button; by the address they do.
addEventListener("pageshow", (event) => {
  const back = event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (left() && back) leave();
  else forget();
});

function leave() {
  if (!way) return;
  remember();
  document.title = "";
  document.body.hidden = true;
  location.replace(way.href);
}

// A browser may forbid to keep anything: then the page is left all the same.
function left() {
  try {
    return sessionStorage.getItem(LEFT) !== null;
  } catch {
    return false;
  }
}

function remember() {
  try {
    sessionStorage.setItem(LEFT, "1");
  } catch {}
}

function forget() {
  try {
    sessionStorage.removeItem(LEFT);
  } catch {}
}
