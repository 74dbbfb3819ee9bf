// Search and filters of the directory of partners. What is looked for stands in the address, so that it can be kept and
// sent; the list of all partners is in the page without this script.
"use strict";

(() => {
  const form = document.getElementById("filters");
  const rows = document.getElementById("partners");
  const status = document.getElementById("found");
  const pager = document.querySelector("main .pager");
  const more = document.getElementById("more");
  if (!form || !rows || !status || !more) {
    return;
  }
  const all = [...rows.children]; // as the page came
  const said = status.textContent;
  const step = 200; // how many partners are shown at a time
  let shown = step;
  let index = null;
  let loading = false;

  // plain returns text as it is compared: without case and accents.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const controls = () => [...form.elements].filter((e) => e.name);

  // asked returns what the form asks for, without what it leaves open.
  const asked = () => {
    const query = new URLSearchParams();
    for (const control of controls()) {
      const value = control.value.trim();
      if (value) {
        query.set(control.name, value);
      }
    }
    return query;
  };

  // load fetches the index by a script, which a page from a disk may load too, and then goes on.
  const load = () => {
    if (loading) {
      return;
    }
    loading = true;
    status.textContent = "Loading the partners…";
    const script = document.createElement("script");
    script.src = form.dataset.index;
    script.addEventListener("load", () => {
      index = window.alliancesDirectory;
      for (const partner of index.partners) {
        partner.text = plain(partner[2]);
      }
      show();
    });
    script.addEventListener("error", () => {
      loading = false;
      status.textContent = "The partners could not be loaded: this is the whole list.";
    });
    document.head.append(script);
  };

  // matches reports whether a partner is one that is asked for.
  const matches = (partner, words, choices) =>
    words.every((word) => partner.text.includes(word)) &&
    choices.every(([filter, choice]) => partner[3][filter].includes(choice));

  const find = (query) => {
    const words = plain(query.get("q") || "").split(/\s+/).filter(Boolean);
    const choices = [];
    index.filters.forEach((filter, i) => {
      const value = query.get(filter.Name);
      if (value) {
        choices.push([i, filter.Choices.findIndex((choice) => choice.Value === value)]);
      }
    });
    return index.partners.filter((partner) => matches(partner, words, choices));
  };

  const cell = (name, ...content) => {
    const element = document.createElement(name);
    element.append(...content);
    return element;
  };

  const titles = (partner, filter) => partner[3][filter].map((i) => index.filters[filter].Choices[i].Title);

  const row = (partner) => {
    const link = document.createElement("a");
    link.href = form.dataset.root + partner[1];
    link.textContent = partner[0];
    const name = cell("th", link);
    name.scope = "row";
    if (partner[5] > 0) {
      const flag = cell("span", partner[5] === 1 ? "1 finding" : `${partner[5]} findings`);
      flag.className = "badge badge-wrong";
      name.append(" ", flag);
    }
    const state = cell("span", titles(partner, 2).join(", "));
    state.className = "badge badge-" + titles(partner, 2).join("-").replace(/[^a-z]+/g, "-");
    const seats = cell("td", String(partner[4]));
    seats.className = "n";
    const texts = [1, 3, 4].map((filter) => cell("td", titles(partner, filter).join(", ")));
    return cell("tr", name, texts[0], cell("td", state), texts[1], texts[2], seats);
  };

  const showAll = () => {
    rows.replaceChildren(...all);
    status.textContent = said;
    more.hidden = true;
    if (pager) {
      pager.hidden = false;
    }
  };

  // show shows what is asked for.
  const show = () => {
    const query = asked();
    if (query.toString() === "") {
      showAll();
      return;
    }
    if (!index) {
      load();
      return;
    }
    const found = find(query);
    rows.replaceChildren(...found.slice(0, shown).map(row));
    status.textContent = `${found.length.toLocaleString("en-GB")} of ${index.partners.length.toLocaleString("en-GB")} partners`;
    more.hidden = found.length <= shown;
    if (pager) {
      pager.hidden = true;
    }
  };

  // keep writes what is asked for into the address. Where a browser does not let a page from a disk do so, the address
  // stays as it is.
  const keep = () => {
    const query = asked().toString();
    try {
      history.replaceState(null, "", query ? "?" + query : location.pathname);
    } catch {
      // Nothing is lost but the address.
    }
  };

  // read takes what is asked for from the address.
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const control of controls()) {
      control.value = query.get(control.name) || "";
    }
  };

  const changed = () => {
    shown = step;
    keep();
    show();
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, 120);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    changed();
  });
  form.addEventListener("reset", () => {
    clearTimeout(waiting);
    setTimeout(changed, 0); // when the form is empty
  });
  more.addEventListener("click", () => {
    const first = shown;
    shown += step;
    show();
    rows.children[first].querySelector("a").focus();
  });
  addEventListener("pageshow", () => {
    read();
    show();
  });
  form.hidden = false;
})();
