// Says in time that somebody will be signed out, and lets them stay. What was typed stays on the page either way.

const MINUTE = 60_000;
const WARNED_BEFORE = 3 * MINUTE;
const MARGIN = MINUTE; // what is said ends a minute early, so that nobody answers too late

const { sessionIdleSeconds, sessionEndsAt } = document.body.dataset;
const dialog = document.getElementById("session");
if (dialog && sessionIdleSeconds) watch(Number(sessionIdleSeconds) * 1000, Date.parse(sessionEndsAt));

function watch(idle, endsAt) {
  const part = (name) => dialog.querySelector(`[data-session-${name}]`);
  const others = new BroadcastChannel("homeward-session");
  let lastAt = Date.now();
  let cameFrom = null;
  let said = 0;
  let timer;

  const limit = () => Math.min(lastAt + idle, endsAt);
  const canStay = () => endsAt - Date.now() > WARNED_BEFORE;

  function look() {
    clearTimeout(timer);
    const left = limit() - Date.now();
    if (left <= 0) return ended();
    if (left > WARNED_BEFORE) return later(left - WARNED_BEFORE);
    warn(Math.ceil((left - MARGIN) / MINUTE));
    later(left % MINUTE || MINUTE);
  }

  function later(ms) {
    timer = setTimeout(look, Math.min(ms + 50, 2 ** 31 - 1));
  }

  function warn(minutes) {
    const when = minutes > 0 ? `in ${minutes} minute${minutes === 1 ? "" : "s"}` : "in less than a minute";
    part("title").textContent = `You will be signed out ${when}`;
    if (!canStay()) {
      part("about").textContent =
        "You have been signed in for as long as one may. Save what you are working on, or sign in again afterwards.";
    }
    part("stay").hidden = !canStay();
    open();
    if (minutes > 0 && minutes !== said) part("said").textContent = part("title").textContent;
    said = minutes;
  }

  function open() {
    if (dialog.open) return;
    cameFrom = document.activeElement;
    dialog.showModal();
    part("title").focus();
  }

  function close() {
    said = 0;
    part("said").textContent = "";
    if (!dialog.open) return;
    dialog.close();
    cameFrom?.focus({ preventScroll: true });
  }

  function ended() {
    part("title").textContent = "You were signed out";
    part("about").textContent =
      "What you typed is still on this page. Sign in again in another tab, then come back here and carry on.";
    part("said").textContent = part("title").textContent;
    for (const name of ["stay", "leave"]) part(name).hidden = true;
    for (const name of ["again", "back"]) part(name).hidden = false;
    open();
  }

  function renewed(tell) {
    lastAt = Date.now();
    for (const name of ["again", "back"]) part(name).hidden = true;
    for (const name of ["stay", "leave"]) part(name).hidden = false;
    close();
    if (tell) others.postMessage("renewed");
    look();
  }

  async function stay(event) {
    event?.preventDefault();
    try {
      const answer = await fetch("/session/stay", {
        method: "POST",
        body: new URLSearchParams(new FormData(part("stay"))),
      });
      if (answer.ok && !answer.redirected) renewed(true);
      else ended();
    } catch {
      part("about").textContent = "There is no connection just now. Try again in a moment.";
    }
  }

  part("stay").addEventListener("submit", stay);
  part("back").addEventListener("click", close);
  // Escape means: I am still here.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    if (!part("back").hidden) close();
    else if (canStay()) stay();
    else close();
  });
  // Whatever else spoke with the server on somebody's behalf, here or in another tab, says so.
  document.addEventListener("homeward:renewed", () => renewed(true));
  others.addEventListener("message", () => renewed(false));
  document.addEventListener("visibilitychange", () => document.hidden || look());
  others.postMessage("renewed");
  look();
}
