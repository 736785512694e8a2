// The words in figures whose contrast with the page is below 4.5 to 1, but for those that stand on a mark of their own:
// what is written into a node, on a hover's label, or on a pill.
() => {
    const ON_MARKS = ["rgb(255, 255, 255)", "rgb(34, 37, 43)"];
    const marks = Array.from(document.querySelectorAll(".main-svg :is(.point, .bg)"), mark => mark.getBoundingClientRect());
    const isOnMark = text => {
        const { x, y, width, height } = text.getBoundingClientRect();
        const [across, down] = [x + width / 2, y + height / 2];
        return marks.some(mark => mark.left <= across && across <= mark.right && mark.top <= down && down <= mark.bottom);
    };
    const LEAST = 4.5;
    const numbers = color => color.match(/[\d.]+/g).map(Number);
    const luminance = color => {
        const [red, green, blue] = numbers(color).map(
            number => (number / 255 <= 0.04045 ? number / 255 / 12.92 : ((number / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const page = luminance(getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor);
    const contrast = color => {
        const [darker, lighter] = [luminance(color), page].sort((one, other) => one - other);
        return (lighter + 0.05) / (darker + 0.05);
    };
    return Array.from(document.querySelectorAll(".main-svg text, .main-svg tspan"))
        .filter(text => text.textContent.trim() && text.checkVisibility({ opacityProperty: true }))
        .map(text => [text, getComputedStyle(text).fill])
        .filter(([text, fill]) => contrast(fill) < LEAST && !(ON_MARKS.includes(fill) && isOnMark(text)))
        .map(([{ textContent: text }, fill]) => `${text}: ${fill}, ${contrast(fill).toFixed(2)}`);
}
