// Saves a section of the record while it is typed, and tells who else has it open. Nothing is stored in the browser:
// what is not saved yet stays in the page, is tried again, and is not left without a warning.

const PAUSE = 2_000; // after the last key
const RETRY = 5_000;
const STILL_HERE = 25_000;
const ACTIVE_FOR = 5 * 60_000; // a page that nobody touches does not keep its session alive
const LONGEST_FAREWELL = 60_000; // characters that a browser still sends when a page closes

const form = document.querySelector("form[data-record]");
const guarded = document.querySelector("form[data-guard]");
if (form) keepSaved(form, form.dataset.record, form.querySelector("[data-record-saved]"));
else if (guarded) warnBeforeLeaving(guarded);

function keepSaved(form, address, status) {
  const others = document.querySelector("[data-record-others]");
  const typed = () => new URLSearchParams(new FormData(form));
  const words = () => {
    const fields = typed();
    for (const name of ["form_token", "turn", "based_on"]) fields.delete(name);
    return fields.toString();
  };
  let saved = words();
  let saving = null;
  let leaving = false;
  let lastTouch = Date.now();
  let timer;

  const dirty = () => words() !== saved;

  function keep() {
    clearTimeout(timer);
    saving ??= send().finally(() => {
      saving = null;
      if (dirty() && !leaving) later(status.classList.contains("app-saved--not") ? RETRY : PAUSE);
    });
    return saving;
  }

  async function send() {
    const sent = words();
    const body = typed();
    try {
      const answer = await fetch(address, {
        method: "POST",
        body,
        redirect: "manual",
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(30_000),
      });
      await understand(answer, sent);
    } catch {
      notSaved("Not saved: the connection is away. Your text is kept in this page, and tried again. If you close the page before, it is lost.");
    }
  }

  async function understand(answer, sent) {
    if (answer.status === 401 || answer.type === "opaqueredirect") {
      return notSaved("Not saved: you are signed out. Sign in again in another tab; then your text is saved.");
    }
    if (answer.status === 403 && (await renewToken())) return later(0);
    if (!answer.ok) return notSaved(await why(answer));
    const told = await answer.json();
    form.elements.turn.value = told.turn;
    form.elements.based_on.value = told.based_on;
    saved = sent;
    document.dispatchEvent(new Event("homeward:renewed"));
    showOthers(told.others);
    say(told);
  }

  function say(told) {
    const at = `Saved at ${told.at}.`;
    if (told.stale && !told.no) return show("Somebody else changed this section since you opened it. Open it again to see it.");
    if (told.stale) return show(`${at} Somebody else changed this section meanwhile: press Save to see both texts.`);
    if (told.problems.length) return show(`${at} Not in the record yet: ${told.problems[0]}`);
    if (told.no || status.classList.contains("app-saved--not")) show(at);
  }

  async function why(answer) {
    const told = await answer.json().catch(() => ({}));
    if (answer.status >= 500 || !told.detail) return "Not saved: Homeward does not answer. Your text is kept in this page, and tried again. If you close the page before, it is lost.";
    return `Not saved: ${told.detail}. Your text is kept in this page: copy it before you leave.`;
  }

  // Signed in anew in another tab: this page's forms get the new session's token.
  async function renewToken() {
    const fresh = await fetch(location.pathname, { redirect: "manual", headers: { Accept: "text/html" } });
    if (!fresh.ok) return false;
    const page = new DOMParser().parseFromString(await fresh.text(), "text/html");
    const token = page.querySelector('input[name="form_token"]')?.value;
    const known = form.elements.form_token.value === token;
    if (!token || known) return false;
    document.querySelectorAll('input[name="form_token"]').forEach((one) => (one.value = token));
    return true;
  }

  function showOthers(names) {
    const lines = names.map(({ name, section }) => `${name} has this record open now${section ? ` (${section})` : ""}.`);
    const shown = [...others.querySelectorAll("p")].map((line) => line.textContent);
    if (lines.join() === shown.join()) return;
    others.replaceChildren(
      ...lines.map((text) => {
        const line = document.createElement("p");
        line.className = "govuk-inset-text app-inset";
        line.textContent = text;
        return line;
      }),
    );
  }

  function show(text) {
    status.classList.remove("app-saved--not");
    if (status.textContent !== text) status.textContent = text;
  }

  function notSaved(text) {
    status.classList.add("app-saved--not");
    if (status.textContent !== text) status.textContent = text;
  }

  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(keep, ms);
  }

  function farewell() {
    if (leaving || !dirty()) return;
    const body = typed();
    if (body.toString().length < LONGEST_FAREWELL) navigator.sendBeacon(address, body);
  }

  form.addEventListener("input", () => {
    lastTouch = Date.now();
    later(PAUSE);
  });
  form.addEventListener("focusout", () => dirty() && later(200));
  // A form that is sent while the connection is away ends on an error page, and its text with it: first it is kept.
  form.addEventListener("submit", async (event) => {
    if (leaving) return;
    const { submitter } = event;
    if (dirty() || saving) {
      event.preventDefault();
      await saving;
      if (dirty()) await keep();
      if (dirty()) return;
      leaving = true;
      form.requestSubmit(submitter);
    }
    leaving = true;
    clearTimeout(timer);
  });
  addEventListener("online", () => dirty() && later(0));
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("pagehide", farewell);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && dirty()) keep();
  });
  addEventListener("beforeunload", (event) => {
    if (!leaving && dirty()) event.preventDefault();
  });
  setInterval(() => {
    if (!document.hidden && Date.now() - lastTouch < ACTIVE_FOR) keep();
  }, STILL_HERE);
}

function warnBeforeLeaving(form) {
  const words = () => new URLSearchParams(new FormData(form)).toString();
  const first = words();
  let leaving = false;
  form.addEventListener("submit", () => (leaving = true));
  addEventListener("beforeunload", (event) => {
    if (!leaving && words() !== first) event.preventDefault();
  });
}
