// Reports clicks, sent forms and seen calls to action to a path that the web server logs (docs/collect.md): no cookie, no
// storage, nothing that a navigation waits for. `cta snippet` puts texts for PATH, TYPES and REDIRECTS and
// shortens it by collect/shorten.py, which reads a narrow JavaScript: every statement ends with a semicolon, each
// declaration has a line, no name is also a property's.
(() => {
  const doc = document;
  const here = location;
  const browser = navigator;
  const ordinals = new WeakMap;
  const counts = {};
  let timers = new Map;
  let queued = 0;

  const attr = (el, key) => el.getAttribute(key) || "";
  const slot = (el) => attr(el, "data-cta-slot");
  const listen = (kind, react) => addEventListener(kind, react, 1);

  // Where an element leads to, as an <a>, which resolves it and never throws. Of a form: its action, not what was typed in.
  const resolved = (el) => Object.assign(doc.createElement("a"), {
    href: attr(el, "href") || attr(el, "xlink:href") || attr(el, "action") || "?"
  });

  // Equal addresses are numbered as the scanner does it: in document order, and what scripts added since comes after.
  const anchors = "a[*|href],area";
  const links = () => [...doc.querySelectorAll(anchors + ",form[action]")].map((el) => {
    const base = resolved(el).href.split("#")[0];
    ordinals.has(el) || ordinals.set(el, counts[base] = -~counts[base]);
    return el;
  });

  const send = async (kind, el) => {
    const url = el ? resolved(el) : here;
    if (TYPES.match(kind) && url.href.match("^http")) {
      links();
      // From the origin, not from <base>.
      const beacon = here.origin + PATH + new URLSearchParams({
        t: kind, p: here.pathname, i: Math.random(), v: 1,
        ...el && { u: url.href.slice(0, 2e3), s: slot(el), o: ordinals.get(el) }
      });
      try {
        browser.sendBeacon?.(beacon) || await fetch(beacon, { keepalive: 1 });
      } catch {}
    }
  };

  // On the way down, before a script of the page can stop it. Not the right button, not the second half of a double
  // click, not a jump within the page.
  const clicked = (event) => {
    const el = event.composedPath().find((node) => node.matches?.(anchors));
    el && event.button < 2 && event.detail < 2 && attr(el, "href")[0] != "#" && send("click", el);
  };

  // Half visible for a second, once a page view. A timer of 0 has been.
  const observer = new IntersectionObserver((changes) => changes.map((change) => {
    const el = change.target;
    clearTimeout(timers.get(el));
    change.intersectionRatio < .5 || timers.set(el, setTimeout(() => {
      observer.unobserve(el);
      timers.set(el, 0);
      send("impression", el);
    }, 1e3));
  }), { threshold: .5 });
  const watch = () => {
    queued = 0;
    links().map((el) => {
      const url = resolved(el);
      (slot(el) || url.host != here.host || url.pathname.match(REDIRECTS)) && timers.get(el) !== 0 && observer.observe(el);
    });
  };
  // A tab behind shows nothing: its seconds begin anew. What comes back from the back/forward cache is a new view.
  const shown = (event) => {
    timers.forEach(clearTimeout);
    observer.disconnect();
    if (event.persisted) {
      timers = new Map;
      send("view");
    }
    watch();
  };
  const start = () => {
    shown({ persisted: 1 });
    listen("visibilitychange", shown);
    listen("pageshow", shown);
    new MutationObserver(() => queued = queued || setTimeout(watch, 300)).observe(doc, { childList: 1, subtree: 1 });
  };

  // Two copies on one page report once.
  if (!browser.cta) {
    browser.cta = 1;
    listen("click", clicked);
    listen("auxclick", clicked);
    listen("submit", (event) => send("submit", event.target));
    doc.prerendering ? listen("prerenderingchange", start) : start();
  }
})();
