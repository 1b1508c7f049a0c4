/* Clef de voûte : confort seulement. Chaque page fonctionne sans ce fichier. */
(function () {
  "use strict";

  /* Menus : Échap et un clic ailleurs les ferment. */
  function closeMenus(except) {
    document.querySelectorAll("details.cv-menu[open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details.cv-menu"));
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var menu = event.target.closest && event.target.closest("details.cv-menu[open]");
    closeMenus();
    if (menu) menu.querySelector("summary").focus();
  });

  /* Grilles : flèches haut et bas, Entrée, dans la même colonne. */
  document.addEventListener("keydown", function (event) {
    var step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    var cell = step && event.target.closest && event.target.closest("[data-cv-grid] td");
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    var column = cell.cellIndex;
    var rows = Array.prototype.slice.call(cell.closest("table").rows);
    for (var at = rows.indexOf(cell.parentNode) + step; rows[at]; at += step) {
      var input = rows[at].cells[column] && rows[at].cells[column].querySelector("input");
      if (input) {
        event.preventDefault();
        input.focus();
        input.select();
        return;
      }
    }
    if (event.key === "Enter") event.preventDefault();
  });

  /* Grille qui s’enregistre : la case où l’on écrit encore part telle qu’elle était, jamais à demi tapée. */
  var writing = null;
  document.addEventListener("focusin", function (event) {
    var cell = event.target.closest && event.target.closest("[data-cv-grid] input");
    writing = cell && { input: cell, before: cell.value };
  });
  document.addEventListener(
    "change",
    function (event) {
      if (writing && writing.input === event.target) writing.before = event.target.value;
    },
    true,
  );
  document.addEventListener("htmx:configRequest", function (event) {
    var cause = event.detail.triggeringEvent;
    if (!writing || !cause || cause.type !== "change" || document.activeElement !== writing.input) return;
    if (writing.input.form === event.target) event.detail.parameters[writing.input.name] = writing.before;
  });

  /* Dépôt : la liste de ce qui est choisi, et la place où l'on peut lâcher. */
  function size(bytes) {
    var kilo = bytes / 1024;
    var number = kilo < 1024 ? Math.max(1, Math.round(kilo)) : Math.round(kilo / 102.4) / 10;
    return String(number).replace(".", ",") + (kilo < 1024 ? "\u00a0ko" : "\u00a0Mo");
  }
  function listFiles(input) {
    var place = input.closest("[data-cv-drop]").querySelector("[data-cv-drop-list]");
    var list = document.createElement("ul");
    Array.prototype.forEach.call(input.files, function (file) {
      var row = document.createElement("li");
      [file.name, size(file.size)].forEach(function (text) {
        row.appendChild(document.createElement("span")).textContent = text;
      });
      list.appendChild(row);
    });
    place.replaceChildren(list);
  }
  document.addEventListener("change", function (event) {
    if (event.target.type === "file" && event.target.closest("[data-cv-drop]")) listFiles(event.target);
  });
  ["dragover", "dragleave", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var box = event.target.closest && event.target.closest("[data-cv-drop]");
      if (!box) return;
      if (kind !== "dragleave") event.preventDefault();
      box.classList.toggle("is-over", kind === "dragover");
      if (kind !== "drop" || !event.dataTransfer.files.length) return;
      var input = box.querySelector("input[type=file]");
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
  document.addEventListener("htmx:xhr:progress", function (event) {
    var bar = event.target.querySelector && event.target.querySelector("[data-cv-drop-progress]");
    if (!bar || !event.detail.lengthComputable) return;
    bar.hidden = false;
    bar.value = (100 * event.detail.loaded) / event.detail.total;
  });

  /* Réseau coupé : le dire, là où se disent les suites. */
  document.addEventListener("htmx:sendError", function () {
    var place = document.getElementById("messages");
    if (!place) return;
    var box = document.createElement("div");
    box.className = "cv-notice cv-notice--error";
    box.setAttribute("role", "alert");
    box.textContent =
      "Rien n’a été envoyé : le serveur ne répond pas. Vérifiez la connexion, puis recommencez ; votre texte est toujours là.";
    place.replaceChildren(box);
    place.scrollIntoView();
  });

  /* Erreurs : le résumé reçoit le focus, à la page comme après un échange. */
  function focusErrors() {
    var summary = document.querySelector("[data-cv-focus]");
    if (!summary) return;
    summary.removeAttribute("data-cv-focus");
    summary.focus();
  }
  document.addEventListener("DOMContentLoaded", focusErrors);
  document.addEventListener("htmx:afterSettle", focusErrors);
})();
