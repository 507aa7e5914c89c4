// Starts the workbench. It is the page's only script of its own: the addresses and the integrity
// of everything it loads stand in index.html, where the finish step has written them.

const skeleton = document.getElementById("skeleton");

// The theme that the person chose, before anything is painted in another. The store may be forbidden.
try {
  const theme = localStorage.getItem("plumbline.theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {}

/** Builds an element from text alone, so that nothing of an error message is read as HTML. */
function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function notice(title, advice, error) {
  const reload = element("button", "Reload the page");
  reload.type = "button";
  reload.addEventListener("click", () => location.reload());
  const detail = element("p", "");
  detail.append(element("code", String(error?.message ?? error)));
  const box = element("div", "", "notice");
  box.setAttribute("role", "alert");
  box.append(element("h1", title), element("p", advice), detail, reload);
  return box;
}

/**
 * Runs a linked module under its integrity. import() takes no integrity, but it takes the copy
 * that the page already holds under the same address: so a module is imported only after this.
 */
function verified(link) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.type = "module";
    script.crossOrigin = "anonymous";
    script.integrity = link.integrity;
    script.src = link.href;
    script.addEventListener("load", resolve);
    script.addEventListener("error", () =>
      reject(new Error(`${link.href} could not be loaded or is not the published file`)),
    );
    document.head.append(script);
  });
}

async function program(link) {
  const response = await fetch(link.href, { integrity: link.dataset.integrity ?? "" });
  if (!response.ok) {
    throw new Error(`${link.href} answered ${response.status}`);
  }
  return response;
}

async function start() {
  if (typeof WebAssembly !== "object") {
    throw new Error("this browser has no WebAssembly");
  }
  const modules = [...document.querySelectorAll('link[rel="modulepreload"]')];
  const glue = document.getElementById("glue");
  const [response] = await Promise.all([
    program(document.getElementById("program")),
    ...modules.map(verified),
  ]);
  const { default: init } = await import(glue.href);
  await init({ module_or_path: response });
}

/** A panic leaves a page that looks alive and answers nothing: better to say so. */
function watch() {
  addEventListener("error", ({ error }) => {
    if (error instanceof WebAssembly.RuntimeError && !document.querySelector(".notice-stopped")) {
      const box = notice(
        "Plumbline has stopped",
        "A fault in the program ended it. Reload the page to go on from the last change it kept.",
        error,
      );
      box.classList.add("notice-stopped");
      document.body.append(box);
    }
  });
}

try {
  await start();
  skeleton.remove();
  watch();
} catch (error) {
  console.error(error);
  skeleton.querySelector("main").replaceChildren(
    notice(
      "Plumbline could not start",
      "The page is here, but its program did not load. Check the connection and reload; a current Firefox, Chrome, Edge or Safari is needed.",
      error,
    ),
  );
}
