// What is seen of the focus as it goes from control to control: `arrive` tells whether the one that has it is in sight, and
// the one that had it looks otherwise by now; if not, why is in `faults`. A look takes a while to change, so it is noted
// when the focus arrives and, by `leave`, before it goes.
() => {
    let stop = null;

    function focused() {
        let element = document.activeElement;
        while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return element.closest("canvas") ?? element;  // of a grid, which draws on it where the focus is
    }
    function look(element) {
        for (const animation of document.getAnimations()) {
            if (animation instanceof CSSTransition) animation.finish();
        }
        const looks = [];
        for (let one = element; one && looks.length < 4; one = one.parentElement) {
            const { outline, boxShadow, borderColor, backgroundColor } = getComputedStyle(one);
            looks.push([outline, boxShadow, borderColor, backgroundColor].join(" "));
        }
        return looks.join("\n");
    }
    function over(element) {  // what is not of the control
        const around = element.closest(".stElementContainer, [role=tablist]") ?? element.parentElement;
        const seen = element.type === "range" ? around : element;  // a slider's own input is a hidden pixel of its knob
        const { left, top, width, height } = seen.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + Math.min(height, innerHeight - top) / 2];
        const hit = element.getRootNode().elementFromPoint(x, y);
        return around.contains(hit) || hit?.contains(element) ? "" : `at ${x}, ${y} there is ${show(hit)}`;
    }
    function note(element) {
        if (["BODY", "CANVAS"].includes(element.tagName)) stop = null;
        else if (stop?.element === element) stop.looks.push(look(element));
        else stop = { element, looks: [look(element)] };
    }
    const show = element => element?.outerHTML.slice(0, 300);

    window.leave = async () => {
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
        note(focused());
    };
    window.arrive = () => {
        const element = focused();
        window.faults = [];
        if (stop?.element.isConnected && stop.element !== element && stop.looks.every(one => one === look(stop.element))) {
            faults.push(`looks the same with the focus: ${show(stop.element)}`);
        }
        if (element !== document.body && (over(element) || !element.checkVisibility({ opacityProperty: true }))) {
            faults.push(`is not in sight: ${show(element)} ${over(element)}`);
        }
        if (faults.length) return false;
        note(element);
        return true;
    };
}
