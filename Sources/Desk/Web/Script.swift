import Crypto
import Foundation

/// The desk's one script: keys, live counts, dropping files.
///
/// Everything else works without it.
enum Script {
    /// Changes with the text, so that browsers may keep it for ever.
    static let version = StyleSheet.digest(of: text)

    static let text = #"""
        "use strict";
        (function () {
          var typing = function (target) {
            return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(radio|checkbox|submit)$/.test(target.type);
          };
          var find = function (key) { return document.querySelector('[data-key="' + key + '"]'); };
          var rows = Array.prototype.slice.call(document.querySelectorAll("[data-row]"));
          var at = -1;
          var move = function (step) {
            if (!rows.length) return false;
            at = Math.max(0, Math.min(rows.length - 1, at + step));
            rows.forEach(function (row, index) { row.classList.toggle("here", index === at); });
            var link = rows[at].querySelector("a");
            if (link) link.focus();
            rows[at].scrollIntoView({ block: "nearest" });
            return true;
          };
          var form = document.getElementById("decision");
          var verdict = function (event) {
            if (!form) return;
            var chosen = form.querySelector("[name=verdict]:checked");
            if (!chosen) return;
            form.dataset.verdict = chosen.value;
            var track = { grievance: 1, misconduct: 1, suggestion: 1 }[chosen.value] ? chosen.value : null;
            var select = form.querySelector("[name=topic]");
            if (!select || !track) return;
            var picked = select.selectedOptions[0];
            if (picked && picked.parentNode.dataset.track !== track) {
              var first = select.querySelector('[data-track="' + track + '"] option');
              if (first) { first.selected = true; if (track !== "suggestion") select.focus(); }
            }
            if (event && document.documentElement.lang === "zh-CN") summarise(select, track);
          };
          // A summary that nobody has touched follows the topic; a report gets none by itself.
          var summarise = function (select, track) {
            var box = form.querySelector("[name=summary]");
            var last = box.dataset.last === undefined ? box.defaultValue : box.dataset.last;
            if (box.value !== last || !select.selectedOptions[0]) return;
            box.value = track === "misconduct" ? "" : box.dataset.template.replace("{}", select.selectedOptions[0].text);
            box.dataset.last = box.value;
          };
          if (form) { form.classList.add("live"); form.addEventListener("change", verdict); verdict(); }

          document.addEventListener("keydown", function (event) {
            if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
            var help = document.getElementById("keys");
            if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
            if (event.key === "Enter" && form && event.target.tagName !== "TEXTAREA" && !/^(A|BUTTON|SUMMARY)$/.test(event.target.tagName)) {
              event.preventDefault(); form.requestSubmit(); return;
            }
            if (typing(event.target) || help && help.open) return;
            var key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
            if (key === "?" && help) { help.showModal(); event.preventDefault(); return; }
            if (key === "/") {
              var box = find("/"), way = document.querySelector("[data-go]");
              if (box) box.focus(); else if (way) way.click();
              event.preventDefault(); return;
            }
            if ((key === "j" || key === "k") && move(key === "j" ? 1 : -1)) { event.preventDefault(); return; }
            if (key === "Enter" && event.target !== document.body) return;
            var settle = document.querySelectorAll("[data-row].here [data-settle]")[key - 1];
            if (settle) { settle.click(); event.preventDefault(); return; }
            var target = find(key);
            if (!target) return;
            event.preventDefault();
            if (target.type === "radio") {
              target.checked = true; target.focus(); verdict(event);
            } else if (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) {
              target.focus(); if (target.select) target.select();
            } else target.click();
          });

          Array.prototype.forEach.call(document.querySelectorAll("[data-help]"), function (button) {
            button.addEventListener("click", function () { document.getElementById("keys").showModal(); });
          });

          // The names of a large county's places come when somebody is about to type one.
          document.addEventListener("focusin", function (event) {
            var list = event.target.list;
            if (!list || !list.dataset.src) return;
            var source = list.dataset.src;
            delete list.dataset.src;
            fetch(source, { credentials: "same-origin" }).then(function (answer) { return answer.ok ? answer.json() : []; }).then(function (names) {
              names.forEach(function (name) { list.appendChild(document.createElement("option")).value = name; });
            }).catch(function () {});
          });

          Array.prototype.forEach.call(document.querySelectorAll("[data-print]"), function (button) {
            button.addEventListener("click", function () { window.print(); });
          });

          var counts = document.querySelectorAll("[data-count]");
          if (counts.length) setInterval(function () {
            if (document.hidden) return;
            fetch("/counts", { credentials: "same-origin" }).then(function (answer) {
              if (answer.ok && !answer.redirected) return answer.json();
            }).then(function (numbers) {
              if (numbers) Array.prototype.forEach.call(counts, function (node) {
                var number = numbers[node.dataset.count];
                if (number !== undefined) node.textContent = number >= 1000 ? "999+" : number;
              });
            }).catch(function () {});
          }, 20000);

          if (document.querySelector("[data-busy]")) setTimeout(function () { location.reload(); }, 2000);

          var drop = document.querySelector("[data-drop]");
          if (drop) {
            var send = function (files) {
              var bar = drop.querySelector("progress");
              var line = drop.querySelector("[data-drop-status]");
              var index = 0;
              var next = function () {
                if (index >= files.length) { location.href = "/import"; return; }
                var file = files[index++];
                var request = new XMLHttpRequest();
                request.open("POST", drop.getAttribute("action") + "&exporter=" + drop.querySelector("[name=exporter]").value + "&name=" + encodeURIComponent(file.name));
                request.setRequestHeader("Content-Type", "application/octet-stream");
                request.upload.onprogress = function (event) { if (event.lengthComputable) bar.value = 100 * event.loaded / event.total; };
                request.onload = function () {
                  if (request.status < 400) return next();
                  // Why it was refused stands on the page that came back.
                  var why = /<p class="lead">([^<]*)</.exec(request.responseText);
                  line.textContent = file.name + ": " + (why ? why[1] : request.status);
                };
                request.onerror = function () { line.textContent = file.name; };
                bar.hidden = false; bar.value = 0; line.textContent = file.name;
                request.send(file);
              };
              next();
            };
            drop.addEventListener("submit", function (event) {
              event.preventDefault(); send(drop.querySelector("[type=file]").files);
            });
            ["dragover", "dragleave", "drop"].forEach(function (name) {
              drop.addEventListener(name, function (event) {
                event.preventDefault(); drop.classList.toggle("over", name === "dragover");
                if (name === "drop") send(event.dataTransfer.files);
              });
            });
          }
        })();
        """#
}
