/* Clef de voûte : une signature tracée au doigt, à la souris ou au stylet. Sans ce fichier, la page se signe sur papier. */
(function () {
  "use strict";

  var MOST = 5000;

  function start(box) {
    var canvas = box.querySelector("canvas");
    var field = box.querySelector("input[type=hidden]");
    var state = box.querySelector("[data-cv-sign-state]");
    var pen = canvas.getContext("2d");
    var strokes = [];
    var current = null;
    var points = 0;

    pen.lineWidth = 5;
    pen.lineCap = "round";
    pen.lineJoin = "round";
    pen.strokeStyle = "#15242b";

    function at(event) {
      var place = canvas.getBoundingClientRect();
      var x = Math.round(((event.clientX - place.left) * canvas.width) / place.width);
      var y = Math.round(((event.clientY - place.top) * canvas.height) / place.height);
      return [Math.max(0, Math.min(1000, x)), Math.max(0, Math.min(400, y))];
    }
    function draw(stroke) {
      pen.beginPath();
      pen.moveTo(stroke[0][0], stroke[0][1]);
      stroke.forEach(function (point) { pen.lineTo(point[0], point[1]); });
      if (stroke.length === 1) pen.lineTo(stroke[0][0] + 1, stroke[0][1]);
      pen.stroke();
    }
    function keep() {
      field.value = strokes.length ? JSON.stringify(strokes) : "";
      state.textContent = strokes.length ? "Signature tracée." : "";
    }
    function end() {
      if (!current) return;
      strokes.push(current);
      current = null;
      keep();
    }

    canvas.addEventListener("pointerdown", function (event) {
      if (event.button > 0 || points > MOST) return;
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      current = [at(event)];
      points += 1;
      draw(current);
    });
    canvas.addEventListener("pointermove", function (event) {
      if (!current || points > MOST) return;
      var point = at(event);
      var last = current[current.length - 1];
      if (Math.abs(point[0] - last[0]) + Math.abs(point[1] - last[1]) < 4) return;
      current.push(point);
      points += 1;
      draw(current.slice(-2));
    });
    ["pointerup", "pointercancel"].forEach(function (kind) { canvas.addEventListener(kind, end); });
    box.querySelector("[data-cv-sign-clear]").addEventListener("click", function () {
      strokes = [];
      current = null;
      points = 0;
      pen.clearRect(0, 0, canvas.width, canvas.height);
      keep();
    });

    try {
      strokes = JSON.parse(field.value || "[]");
      strokes.forEach(draw);
    } catch (unreadable) {
      strokes = [];
    }
    keep();
    box.hidden = false;
    var twin = box.nextElementSibling;
    if (twin && twin.hasAttribute("data-cv-sign-none")) twin.hidden = true;
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-cv-sign]").forEach(start);
  });
})();
