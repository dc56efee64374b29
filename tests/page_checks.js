// What axe does not check: each function returns a complaint for each thing that is wrong.
// They run in a page of which every <details> is open; page_checks.py says at which sizes.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const told = (element) => `${element.tagName.toLowerCase()} “${element.textContent.trim().slice(0, 50)}”`;
  const box = (element) => element.getBoundingClientRect();
  const seen = (element) => element.checkVisibility({ visibilityProperty: true }) && box(element).width > 1 && box(element).height > 1;
  const named = (element) => (element.getAttribute("aria-labelledby") ?? "").split(/\s+/)
    .map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim()
    || element.getAttribute("aria-label") || element.getAttribute("alt") || "";

  const known = new Map();
  const channels = (colour) => {
    if (!known.has(colour)) {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      known.set(colour, [...canvas.getImageData(0, 0, 1, 1).data]);
    }
    return known.get(colour);
  };
  const luminance = (colour) => {
    const [red, green, blue] = channels(colour).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  // Pieces that a reader takes in one after the other: each the innermost of its kind.
  const PIECES = "h1, h2, h3, h4, p, li, dt, dd, th, td, caption, summary, svg, blockquote, address";
  const pieces = () => all("main *").filter((element) => element.matches(PIECES) && seen(element)
    && !element.querySelector(PIECES) && !element.parentElement.closest("svg")
    && !(element.closest("thead") && getComputedStyle(element.closest("thead")).position === "absolute"));

  const ENGLISH = /^(the|of|and|is|are|that|with|for|this|which|who|by|be|from|their|they|has|have|was|were)$/;
  const WELSH = /^(yn|yr|mae|ac|wedi|sydd|nid|gan|bod|hyn|ei|eu|sy'n|mae'r|i'r|a'r|o'r|gyda|cael|rhai|nad|neu)$/;
  const language = (text) => {
    const words = text.toLowerCase().replace(/[^\p{L}' ]+/gu, " ").split(/\s+/);
    const [english, welsh] = [ENGLISH, WELSH].map((known) => words.filter((word) => known.test(word)).length);
    if (Math.max(english, welsh) < 3) return "";
    return english > 3 * welsh ? "en" : welsh > 3 * english ? "cy" : "";
  };

  const targets = () => all("a[href], summary, button, input, [tabindex='0']").filter(seen);
  const isInline = (element) => getComputedStyle(element).display.startsWith("inline");
  const isInText = (target) => {
    let block = target;
    while (isInline(block)) block = block.parentElement;
    const rest = block.cloneNode(true);
    all("a, button, summary", rest).forEach((link) => link.remove());
    return isInline(target) && rest.textContent.trim() !== "";
  };
  const isApart = (target, others) => {
    const { left, top, width, height } = box(target);
    const [x, y] = [left + width / 2, top + height / 2];
    return others.every((other) => {
      if (other === target || other.contains(target) || target.contains(other)) return true;
      const near = box(other);
      const small = near.width < 24 || near.height < 24;
      const dx = small ? near.left + near.width / 2 - x : Math.max(near.left - x, 0, x - near.right);
      const dy = small ? near.top + near.height / 2 - y : Math.max(near.top - y, 0, y - near.bottom);
      return Math.hypot(dx, dy) >= (small ? 24 : 12);
    });
  };

  const marks = () => all("figure svg").flatMap((svg) => all("path, rect, circle, use, polygon", svg)
    .filter((mark) => !mark.closest("defs, clipPath") && box(mark).width > 2 && box(mark).height > 2)
    .map((mark) => ({ svg, mark, style: getComputedStyle(mark) })));
  const isDrawn = (paint) => paint !== "none" && channels(paint)[3] > 0;
  const isBeyond = (element) => box(element).right > innerWidth + 1 || box(element).left < -1;
  const inScroller = (element) => {
    let around = element.parentElement;
    while (around && !["auto", "scroll"].includes(getComputedStyle(around).overflowX)) around = around.parentElement;
    return around && around !== document.documentElement;
  };
  const isOn = (text, mark) => {
    const [inner, outer] = [box(text), box(mark)];
    const [x, y] = [inner.left + inner.width / 2, inner.top + inner.height / 2];
    return x > outer.left && x < outer.right && y > outer.top && y < outer.bottom;
  };
  const holdsText = (svg, mark) => all("text", svg).some((text) => isOn(text, mark));

  return {
    "images have a message": () => all("img, svg, [role=img]")
      .filter((image) => !image.closest("[aria-hidden=true]") && !image.parentElement.closest("svg"))
      .filter((image) => named(image).length < 10
        || /^(an? )?(image|chart|figure|graph|picture|placeholder|alt( text)?|todo)\W*\w*$/i.test(named(image))
        || /\.(png|svg|jpe?g|gif)$/i.test(named(image)))
      .map((image) => `${image.tagName.toLowerCase()} is heard as “${named(image)}”`),

    "tables have a caption and scopes": () => all("table").flatMap((table) => [
      ...(table.caption?.textContent.trim() ? [] : ["no caption"]),
      ...all("th", table).filter((head) => !["col", "row", "colgroup", "rowgroup"].includes(head.scope)).map(() => "a th without scope"),
      ...all("th", table).filter((head) => !head.textContent.trim()).map(() => "an empty th"),
      ...(all("thead th[scope=col]", table).length ? [] : ["no heads of columns"]),
      ...all("tbody tr", table).filter((row) => !row.querySelector("th:is([scope=row], [scope=rowgroup])")).map(() => "a row without a head"),
    ].map((wrong) => `${told(table)}: ${wrong}`)),

    "the first link skips to main": () => {
      const first = document.querySelector("a[href], button, summary, input, [tabindex]");
      const main = document.querySelector("main");
      return first && main?.id && first.getAttribute("href") === `#${main.id}` ? [] : ["no skip link"];
    },

    "headings are in order": () => {
      const heads = all("h1, h2, h3, h4, h5, h6"), levels = heads.map((head) => Number(head.tagName[1]));
      return [
        ...(levels.filter((level) => level === 1).length === 1 ? [] : ["not one h1"]),
        ...heads.filter((head, at) => levels[at] > (levels[at - 1] ?? 0) + 1).map((head) => `${told(head)} skips a level`),
        ...heads.filter((head) => !head.textContent.trim()).map(() => "an empty heading"),
      ];
    },

    "what is read next stands next": () => {
      const found = pieces();
      return found.slice(1).filter((next, at) => {
        const [before, after] = [box(found[at]), box(next)];
        const isAbove = after.bottom <= before.top + 2 && after.left < before.right - 2;
        const isLeft = after.right <= before.left + 2 && after.top < before.bottom - 2 && after.bottom > before.top + 2;
        return isAbove || isLeft;
      }).map(told);
    },

    "links in text are told by more than colour": () => all("main a[href], footer a[href], aside a[href]")
      .filter((link) => seen(link) && isInText(link) && !link.closest("nav"))
      .filter((link) => !getComputedStyle(link).textDecorationLine.includes("underline")
        && getComputedStyle(link).borderBottomStyle === "none")
      .map(told),

    "the lines under links stand out": () => all("a[href]").filter((link) => seen(link)
      && getComputedStyle(link).textDecorationLine.includes("underline")).filter((link) => {
      let under = link;
      while (under.parentElement && !isDrawn(getComputedStyle(under).backgroundColor)) under = under.parentElement;
      const paper = getComputedStyle(under).backgroundColor;
      return contrast(getComputedStyle(link).textDecorationColor, isDrawn(paper) ? paper : "#fff") < 3;
    }).map(told),

    "charts are told by more than colour": () => all("figure").filter((figure) => figure.querySelector("svg"))
      .filter((figure) => !figure.querySelector("table tbody td") || all("svg text", figure).length < 2)
      .map((figure) => `${told(figure)}: no words on it, or no table of its numbers`),

    "marks of charts stand out": () => marks()
      .filter(({ style }) => isDrawn(style.fill) || isDrawn(style.stroke))
      .filter(({ svg, mark, style }) => !holdsText(svg, mark)
        && ![style.fill, style.stroke].some((paint) => isDrawn(paint) && contrast(paint, "#fff") >= 3))
      .filter(({ mark, style }) => !(style.fill === "none" && Math.min(box(mark).width, box(mark).height) <= 2))
      .map(({ style }) => `a mark of ${style.fill} with an edge of ${style.stroke}`),

    "words of another language say so": () => pieces().concat(all("header a, aside p, aside div, footer p"))
      .filter((piece) => {
        const own = [...piece.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join(" ");
        const said = piece.closest("[lang]")?.lang ?? "";
        return said && language(own) && language(own) !== said.slice(0, 2);
      }).map(told),

    "links to the other language say so": () => all("a[hreflang]")
      .filter((link) => link.hreflang !== document.documentElement.lang && !link.closest(`[lang="${link.hreflang}"]`) && !link.querySelector(`[lang="${link.hreflang}"]`))
      .map(told),

    "targets are large enough": () => targets()
      .filter((target, at, others) => (box(target).width < 24 || box(target).height < 24) && !isInText(target) && !isApart(target, others))
      .map((target) => `${told(target)}: ${Math.round(box(target).width)} by ${Math.round(box(target).height)} px`),

    "what has the focus is in view": () => targets().filter((target) => {
      target.focus();
      return ![...target.getClientRects()].some(({ left, top, width, height }) => [0.25, 0.5, 0.75].some((part) => {
        const found = document.elementFromPoint(left + width * part, top + height / 2);
        return found && (target.contains(found) || found.contains(target) && getComputedStyle(found).position === "static");
      }));
    }).map(told),

    "nothing is wider than the screen": () => (document.documentElement.scrollWidth > innerWidth
      ? [`${document.documentElement.scrollWidth} px on ${innerWidth}`] : []),

    "no text is cut off": () => all("main :is(p, li, th, td, h1, h2, h3, h4, caption, summary, a)")
      .filter((element) => seen(element) && !element.closest("thead"))
      .filter((element) => (isBeyond(element) && !inScroller(element))
        || (["hidden", "clip"].includes(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1)
        || (["hidden", "clip"].includes(getComputedStyle(element).overflowY) && element.scrollHeight > element.clientHeight + 1))
      .map(told),

    "nothing is scrolled sideways": () => all("main :is(p, li, th, td, caption, pre, svg)")
      .filter((element) => seen(element) && !element.closest("thead") && isBeyond(element))
      .map(told),

    "no table is scrolled sideways": () => all(".table")
      .filter((table) => table.scrollWidth > table.clientWidth)
      .map((table) => `${told(table)}: ${table.scrollWidth} px on ${table.clientWidth}`),

    "no word of a chart is cut off": () => all("figure svg text")
      .filter((text) => seen(text) && isBeyond(text))
      .map(told),

    "nothing moves": () => [
      ...document.getAnimations().map((animation) => `an animation of ${animation.effect?.target?.tagName}`),
      ...all("*").filter((element) => {
        const style = getComputedStyle(element);
        return style.animationName !== "none" || style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0) || style.scrollBehavior === "smooth";
      }).map((element) => `${element.tagName.toLowerCase()} is animated`),
    ],

    "charts are read in the reader's colours": () => {
      const drawn = marks().filter(({ style }) => isDrawn(style.fill));
      return all("figure svg text").filter((text) => {
        let under = text.closest("svg");
        while (under.parentElement && !isDrawn(getComputedStyle(under).backgroundColor)) under = under.parentElement;
        const behind = drawn.filter(({ mark }) => isOn(text, mark)).pop();
        const paper = getComputedStyle(under).backgroundColor;
        return contrast(getComputedStyle(text).fill, behind?.style.fill ?? (isDrawn(paper) ? paper : "canvas")) < 4.5;
      }).map(told);
    },
  };
})()
