// Reports followed links and sent forms to a path that the web server logs: no cookie, no storage, no waiting.
// What is sent: t(ype), u(rl of the target), p(ath of this page), s(lot), o(rdinal), i(d of the event), v(ersion).
(function () {
  "use strict";
  var BEACON = "/cta/e";

  function eventId() {
    var bytes = crypto.getRandomValues(new Uint8Array(8));
    return Array.from(bytes, function (b) { return b.toString(16).padStart(2, "0"); }).join("");
  }

  function withoutFragment(url) {
    return url.split("#")[0];
  }

  // Which of the equal links of this page it is, counted from 1 in document order.
  function ordinal(link) {
    var n = 0;
    var target = withoutFragment(link.href);
    for (var i = 0; i < document.links.length; i++) {
      if (withoutFragment(document.links[i].href) === target) n++;
      if (document.links[i] === link) return n;
    }
    return 1;
  }

  function report(type, url, slot, position) {
    var query = "t=" + type + "&u=" + encodeURIComponent(url) + "&p=" + encodeURIComponent(location.pathname);
    if (slot) query += "&s=" + encodeURIComponent(slot);
    if (position) query += "&o=" + position;
    query += "&i=" + eventId() + "&v=1";
    navigator.sendBeacon(BEACON + "?" + query);
  }

  function onClick(event) {
    if (event.type === "auxclick" && event.button !== 1) return;
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || !/^https?:$/.test(link.protocol)) return;
    report("click", link.href, link.getAttribute("data-cta-slot"), ordinal(link));
  }

  document.addEventListener("click", onClick, true);
  document.addEventListener("auxclick", onClick, true);
  document.addEventListener("submit", function (event) {
    report("submit", event.target.action, event.target.getAttribute("data-cta-slot"), 0);
  }, true);
})();
