// What of the main part is cut off, sticks out of its column, or lies over something else, in words.
() => {
    const SLACK = 3; // pixels
    const main = document.querySelector("[data-testid=stMain]");
    const faults = [];

    const intersection = (one, other) => ({
        left: Math.max(one.left, other.left),
        right: Math.min(one.right, other.right),
        top: Math.max(one.top, other.top),
        bottom: Math.min(one.bottom, other.bottom),
    });
    const isEmpty = box => box.right - box.left <= SLACK || box.bottom - box.top <= SLACK;

    // What the elements around leave of a box; `cut` by those that do not scroll.
    function seen(element, box) {
        let cut = box, left = box;
        for (let around = element; around && around !== main; around = around.parentElement) {
            const { overflowX, overflowY } = getComputedStyle(around);
            if (overflowX === "visible" && overflowY === "visible") continue;
            const edge = around.getBoundingClientRect();
            left = intersection(left, edge);
            if (overflowX === "hidden" || overflowX === "clip") cut = intersection(cut, edge);
        }
        return { cut, left };
    }

    // Every word and formula: its text, its box, and the element whose own letters may touch.
    function* words() {
        const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
        const formulas = new Set();
        while (walker.nextNode()) {
            const text = walker.currentNode, parent = text.parentElement;
            if (!text.textContent.trim() || parent.closest("style, script, .katex-mathml, .state-mark, [aria-hidden=true]:not(.katex-html)")) continue;
            if (!parent.checkVisibility({ visibilityProperty: true }) || parent.closest("svg, details:not([open]) > :not(summary)")) continue;
            const formula = parent.closest(".katex");
            if (formula) {
                if (!formulas.has(formula)) {
                    formulas.add(formula);
                    const name = formula.querySelector("annotation").textContent;
                    for (const part of formula.querySelectorAll(".base")) yield [name, part.getBoundingClientRect(), formula];
                }
                continue;
            }
            const range = document.createRange();
            range.selectNodeContents(text);
            for (const box of range.getClientRects()) yield [text.textContent.trim(), box, parent];
        }
        for (const plot of main.querySelectorAll(".js-plotly-plot"))
            for (const text of plot.querySelectorAll(".main-svg text"))
                if (text.textContent.trim() && !text.closest(".hoverlayer")) yield [text.textContent, text.getBoundingClientRect(), text];
    }

    if (main.scrollWidth > main.clientWidth + 1) faults.push(`the page is ${main.scrollWidth} wide, not ${main.clientWidth}`);
    const page = main.getBoundingClientRect(), shown = [];
    for (const [text, box, element] of words()) {
        const { cut, left } = seen(element, box), name = text.slice(0, 40);
        if (isEmpty(box) || isEmpty(left)) continue;
        if (left.right > page.right + 1 || left.left < page.left - 1) faults.push(`out of the page: ${name}`);
        if (cut.right < box.right - SLACK || cut.left > box.left + SLACK) faults.push(`cut off: ${name}`);
        const plot = element.closest(".js-plotly-plot"), column = (plot ?? element.closest("[data-testid=stMarkdownContainer]"))?.getBoundingClientRect();
        if (column && (left.right > column.right + SLACK || (plot && (box.top < column.top - 1 || box.bottom > column.bottom + 1)))) faults.push(`sticks out of its ${plot ? "figure" : "column"}: ${name}`);
        shown.push([name, left, element]);
    }
    for (const [index, [name, box, element]] of shown.entries())
        for (const [otherName, otherBox, other] of shown.slice(0, index))
            if (!isEmpty(intersection(box, otherBox)) && element !== other) faults.push(`over another: ${otherName} / ${name}`);
    return faults;
}
