// ==UserScript==
// @name        Opora beside the ticket
// @description Opens Opora's search in a narrow window with what the ticket is about: select some words, press Alt+O.
// @match       https://helpdesk.example.com/*
// @grant       none
// ==/UserScript==

(() => {
  const OPORA = "https://opora.example.com";

  // What this helpdesk knows of a ticket; its page says where. Product, tariff and line are tags in Opora.
  function context() {
    return {
      q: String(getSelection()).trim() || document.querySelector("[data-ticket-subject]")?.textContent.trim() || "",
      tag: document.querySelector("[data-ticket-product]")?.textContent.trim() || "",
      language: document.documentElement.lang === "en" ? "en" : "",
    };
  }

  function open() {
    const filled = Object.entries(context()).filter(([, value]) => value);
    const address = `${OPORA}/panel/?${new URLSearchParams(filled)}`;
    window.open(address, "opora", `popup,width=380,height=${screen.availHeight},left=${screen.availWidth - 380}`)?.focus();
  }

  addEventListener("keydown", (event) => {
    if (event.altKey && event.code === "KeyO") {
      event.preventDefault();
      open();
    }
  });
})();
