(function () {
  "use strict";
  document.documentElement.classList.add("scripted");

  var table = document.getElementById("user-rows");
  if (table) {
    var text = document.getElementById("user-text");
    var outcome = document.getElementById("user-outcome");
    var count = document.getElementById("user-count");
    var rows = Array.prototype.map.call(table.rows, function (row) {
      return { row: row, text: row.textContent.toLowerCase(), own: row.cells[2].textContent };
    });
    var filter = function () {
      var wanted = text.value.trim().toLowerCase();
      var shown = 0;
      rows.forEach(function (each) {
        var hit = (!wanted || each.text.indexOf(wanted) >= 0) && (!outcome.value || each.own === outcome.value);
        each.row.hidden = !hit;
        if (hit) { shown += 1; }
      });
      count.textContent = shown + " of " + rows.length + " shown";
    };
    text.addEventListener("input", filter);
    outcome.addEventListener("change", filter);
    document.getElementById("user-filter").addEventListener("submit", function (event) { event.preventDefault(); });
  }

  document.querySelectorAll("button.copy").forEach(function (button) {
    button.addEventListener("click", function () {
      var command = button.parentNode.querySelector("pre").textContent;
      navigator.clipboard.writeText(command).then(function () { button.textContent = "copied"; });
    });
  });

  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.print").forEach(function (each) { each.open = true; });
  });
})();
