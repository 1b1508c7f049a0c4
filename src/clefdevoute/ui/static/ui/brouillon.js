/*
 * Brouillons : ce que htmx ne sait pas faire. Il enregistre à chaque pause ; ce fichier garde ce qui est tapé
 * entre deux pauses, et ce qui n'a pas pu partir (réseau coupé, session finie, navigateur fermé).
 *
 * La copie reste dans le navigateur, scellée (AES-GCM) par une clé que seule la page de son auteur reçoit : sur un
 * poste partagé, une session suivante ne peut pas l'ouvrir. Elle disparaît dès que le serveur a enregistré. Sans
 * WebCrypto (HTTP simple hors de cette machine), aucune copie n'est gardée : mieux vaut rien qu'un texte en clair.
 */
(function () {
  "use strict";
  var form = document.querySelector("form[data-cv-draft]");
  var done = document.cookie.match(/(?:^|; )cv_brouillon_fini=([^;]+)/);
  if (done) {
    localStorage.removeItem(decodeURIComponent(done[1]));
    document.cookie = "cv_brouillon_fini=; max-age=0; path=/; samesite=lax";
  }
  if (!form) return;
  var name = form.dataset.cvDraft;
  var ASIDE = ["csrfmiddlewaretoken", "cv_envoi", "geste", "onglet", "version", "laisse", "propose", "autre"];
  var typed = 0;
  var sent = 0;
  var waiting;

  function pairs() {
    return Array.from(new FormData(form).entries()).filter(function (pair) {
      return ASIDE.indexOf(pair[0]) < 0;
    }).map(function (pair) {
      return [pair[0], pair[1].replace(/\r\n/g, "\n")];
    });
  }
  function hidden(key) {
    return form.querySelector("input[type=hidden][name=" + key + "]");
  }

  /* Sceller et ouvrir. */
  function bytes(text) {
    return Uint8Array.from(atob(text), function (letter) { return letter.charCodeAt(0); });
  }
  function text(buffer) {
    return btoa(Array.from(new Uint8Array(buffer), function (byte) { return String.fromCharCode(byte); }).join(""));
  }
  var key = window.crypto && crypto.subtle &&
    crypto.subtle.importKey("raw", bytes(form.dataset.cvSeal), "AES-GCM", false, ["encrypt", "decrypt"]);
  function seal() {
    if (!key) return Promise.resolve();
    var at = typed;
    var copy = { pairs: pairs(), version: hidden("version").value, tab: hidden("onglet").value };
    var nonce = crypto.getRandomValues(new Uint8Array(12));
    return key.then(function (opened) {
      return crypto.subtle.encrypt({ name: "AES-GCM", iv: nonce }, opened, new TextEncoder().encode(JSON.stringify(copy)));
    }).then(function (box) {
      if (at > sent) localStorage.setItem(name, text(nonce) + "." + text(box));
    }).catch(function () { /* Place pleine ou refusée : l'enregistrement du serveur reste. */ });
  }
  function open() {
    var kept = (localStorage.getItem(name) || "").split(".");
    if (!key || kept.length !== 2) return Promise.resolve(null);
    return key.then(function (opened) {
      return crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes(kept[0]) }, opened, bytes(kept[1]));
    }).then(function (plain) {
      return JSON.parse(new TextDecoder().decode(plain));
    }).catch(function () { return null; });
  }

  /* Reprendre ce qui n'était pas parti ; le serveur dira si un autre onglet a écrit entre-temps. */
  function restore(copy) {
    if (!copy) return;
    if (JSON.stringify(copy.pairs) === JSON.stringify(pairs())) {
      localStorage.removeItem(name);
      return;
    }
    Array.from(form.elements).forEach(function (field) {
      if (!field.name || field.type === "submit" || ASIDE.indexOf(field.name) >= 0) return;
      var values = copy.pairs.filter(function (pair) { return pair[0] === field.name; });
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.some(function (pair) { return pair[1] === field.value; });
      } else if (values.length) {
        field.value = values[0][1];
      }
    });
    hidden("version").value = copy.version;
    hidden("onglet").value = copy.tab;
    form.querySelector("[data-cv-restored]").hidden = false;
    typed += 1;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function changed() {
    typed += 1;
    clearTimeout(waiting);
    waiting = setTimeout(seal, 300);
  }
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", function () { typed += 1; seal(); });

  /* Ce que le serveur a répondu. */
  function lost(why) {
    var place = document.getElementById("brouillon-etat");
    var said = form.querySelector("template[data-cv-lost=" + why + "]").content.cloneNode(true);
    var version = hidden("version");
    if (place && version) place.replaceChildren(version, said);
    seal();
  }
  form.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target === form) event.detail.xhr.cvTyped = typed;
  });
  form.addEventListener("htmx:afterRequest", function (event) {
    if (event.target !== form || !event.detail.successful) return;
    sent = event.detail.xhr.cvTyped;
    if (sent === typed) localStorage.removeItem(name);
  });
  form.addEventListener("htmx:beforeSwap", function (event) {
    var status = event.detail.xhr.status;
    if (event.detail.requestConfig.elt !== form || status < 400 || status === 409 || status === 422) return;
    event.detail.shouldSwap = false;
    lost(status === 401 || status === 403 ? "session" : "reseau");
  });
  form.addEventListener("htmx:sendError", function (event) {
    if (event.target !== form) return;
    event.stopPropagation();
    lost("reseau");
  });
  window.addEventListener("online", function () {
    form.dispatchEvent(new Event("change", { bubbles: true }));
  });

  /* Après htmx, qui écoute le même événement : ce qui revient doit aussi s'enregistrer. */
  document.addEventListener("DOMContentLoaded", function () { open().then(restore); });
})();
