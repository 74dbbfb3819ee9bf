// Search and filters of the directory of partners, of the list of rules and of the manual. What is looked for among
// partners and in the manual stands in the address, so that it can be kept and sent; all of it is in its pages without
// this script.
"use strict";

// plain returns text as it is compared: without case and accents.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// load runs a script, which a page from a disk may load too, and calls one of two functions.
const load = (address, loaded, failed) => {
  const script = document.createElement("script");
  script.src = address;
  script.addEventListener("load", loaded);
  script.addEventListener("error", failed);
  document.head.append(script);
};

// keep writes what is looked for into the address. Where a browser does not let a page from a disk do so, the address
// stays as it is.
const keep = (query) => {
  const text = query.toString();
  try {
    history.replaceState(null, "", text ? "?" + text : location.pathname);
  } catch {
    // Nothing is lost but the address.
  }
};

// watch calls changed once somebody has typed into a field of a form, or sent or emptied it.
const watch = (form, changed) => {
  let waiting = 0;
  const after = (delay) => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, delay);
  };
  form.addEventListener("input", () => after(120));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    changed();
  });
  form.addEventListener("reset", () => after(0)); // when the form is empty
};

(() => {
  const form = document.getElementById("filters");
  const rows = document.getElementById("partners");
  const status = document.getElementById("found");
  const ofWhole = document.querySelectorAll("main .pager, main .index"); // what leads to parts of the whole list
  const more = document.getElementById("more");
  if (!form || !rows || !status || !more) {
    return;
  }
  const groups = document.querySelectorAll("tbody.group"); // as the page came
  const said = status.textContent;
  const step = 200; // how many partners are shown at a time
  let shown = step;
  let index = null;
  let loading = false;

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

  // loadIndex loads the index, and then goes on.
  const loadIndex = () => {
    if (loading) {
      return;
    }
    loading = true;
    status.textContent = "Loading the partners…";
    const loaded = () => {
      index = window.alliancesDirectory;
      for (const partner of index.partners) {
        partner.text = plain(partner[2]);
      }
      show();
    };
    load(form.dataset.index, loaded, () => {
      loading = false;
      status.textContent = "The partners could not be loaded: this is the whole list.";
    });
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

  // value returns what a column shows of a partner.
  const value = (partner, column, i) => {
    const text = partner[5][i] || "–";
    const element = cell("td", text);
    element.dataset.label = column.Title;
    if (!partner[5][i]) {
      element.className = column.Name === "seats" ? "empty n" : "empty";
    } else if (column.Name === "seats") {
      element.className = "n";
    } else if (column.Name === "status") {
      const badge = cell("span", text);
      badge.className = "badge badge-" + partner[3][2].map((n) => index.filters[2].Choices[n].Value).join().replace(/[^a-z]+/g, "-");
      element.replaceChildren(badge);
    }
    return element;
  };

  const row = (partner) => {
    const link = document.createElement("a");
    link.href = form.dataset.root + partner[1];
    link.textContent = partner[0];
    const name = cell("th", link);
    name.scope = "row";
    if (partner[4] > 0) {
      const flag = cell("span", partner[4] === 1 ? "1 finding" : `${partner[4]} findings`);
      flag.className = "badge badge-wrong";
      name.append(" ", flag);
    }
    return cell("tr", name, ...index.columns.map((column, i) => value(partner, column, i)));
  };

  const showWhole = (shown) => {
    for (const part of [...groups, ...ofWhole]) {
      part.hidden = !shown;
    }
  };

  const showAll = () => {
    rows.replaceChildren();
    showWhole(true);
    status.textContent = said;
    more.hidden = true;
  };

  // show shows what is asked for.
  const show = () => {
    const query = asked();
    if (query.toString() === "") {
      showAll();
      return;
    }
    if (!index) {
      loadIndex();
      return;
    }
    const found = find(query);
    showWhole(false);
    rows.replaceChildren(...found.slice(0, shown).map(row));
    status.textContent = `${found.length.toLocaleString("en-GB")} of ${index.partners.length.toLocaleString("en-GB")} partners`;
    more.hidden = found.length <= shown;
  };

  // read takes what is asked for from the address.
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const control of controls()) {
      control.value = query.get(control.name) || "";
    }
  };

  watch(form, () => {
    shown = step;
    keep(asked());
    show();
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
  // On a phone the filters are folded, unless one of them is in use.
  const fold = form.querySelector("details");
  if (fold && matchMedia("(max-width: 40rem)").matches) {
    fold.open = [...new URLSearchParams(location.search).keys()].some((name) => name !== "q");
  }
  form.hidden = false;
})();

(() => {
  const form = document.getElementById("rule-filter");
  const input = document.getElementById("rule-words");
  const status = document.getElementById("rules-found");
  if (!form || !input || !status) {
    return;
  }
  const sections = [...document.querySelectorAll("main section")].map((section) => ({
    section,
    rules: [...section.querySelectorAll("li")].map((rule) => ({
      rule,
      text: plain(section.querySelector("h2").textContent + " " + rule.textContent),
    })),
  }));

  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let found = 0;
    for (const { section, rules } of sections) {
      for (const { rule, text } of rules) {
        rule.hidden = !words.every((word) => text.includes(word));
        found += rule.hidden ? 0 : 1;
      }
      section.hidden = rules.every(({ rule }) => rule.hidden);
    }
    status.textContent = words.length > 0 ? (found === 1 ? "1 rule" : `${found} rules`) : "";
  };

  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("pageshow", show);
  form.hidden = false;
})();

// The search of the manual: rules, records, fields, commands and the sections of the guides. What is looked for stands in
// the address.
(() => {
  const form = document.getElementById("manual-search");
  const input = document.getElementById("manual-words");
  const status = document.getElementById("manual-found");
  const hits = document.getElementById("manual-hits");
  if (!form || !input || !status || !hits) {
    return;
  }
  const most = 50; // how many things are shown
  let index = null;
  let loading = false;

  // loadIndex loads the index, and then goes on.
  const loadIndex = () => {
    if (loading) {
      return;
    }
    loading = true;
    status.textContent = "Loading the manual…";
    const loaded = () => {
      index = window.alliancesManual.map(([kind, title, page, name, more]) => {
        const named = plain(title + " " + name);
        const names = [title, name, title.replace(/^(alliances |--)/, ""), name.replace(/^.*: /, "")].map(plain);
        return { kind, title, page, name, names, named, text: named + " " + plain(more) };
      });
      show();
    };
    load(form.dataset.index, loaded, () => {
      loading = false;
      status.textContent = "The search could not be loaded: everything is listed below.";
    });
  };

  // distance tells how far what is looked for is from what a thing is called: it is its name, in its name, or elsewhere.
  const distance = ({ names, named }, words) => {
    if (names.includes(words.join(" "))) {
      return 0;
    }
    return words.every((word) => named.includes(word)) ? 1 : 2;
  };

  // find returns what has all words, first what is called so.
  const find = (words) =>
    index
      .filter(({ text }) => words.every((word) => text.includes(word)))
      .sort((a, b) => distance(a, words) - distance(b, words));

  const item = ({ kind, title, page, name }) => {
    const badge = document.createElement("span");
    badge.className = "badge";
    badge.textContent = kind;
    const label = document.createElement("span");
    label.append(badge);
    const link = document.createElement("a");
    link.href = form.dataset.root + page;
    link.textContent = title;
    const where = document.createElement("small");
    where.textContent = name;
    const element = document.createElement("li");
    element.append(label, link, where);
    return element;
  };

  const show = () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    if (words.length > 0 && !index) {
      loadIndex();
      return;
    }
    const found = words.length > 0 ? find(words) : [];
    hits.replaceChildren(...found.slice(0, most).map(item));
    hits.hidden = found.length === 0;
    status.textContent = words.length > 0 ? said(found.length) : "";
  };

  const said = (found) => (found > most ? `The first ${most} of ${found} places` : found === 1 ? "1 place" : `${found} places`);

  watch(form, () => {
    const text = input.value.trim();
    keep(new URLSearchParams(text ? { q: text } : {}));
    show();
  });
  addEventListener("pageshow", () => {
    input.value = new URLSearchParams(location.search).get("q") || "";
    show();
  });
  form.hidden = false;
})();
