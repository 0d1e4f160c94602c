// A table or a block of code that is wider than the screen scrolls by keyboard too.
document$.subscribe(() => {
  const watch = new ResizeObserver(all => all.forEach(({ target }) => {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }));
  document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset pre > code").forEach(one => watch.observe(one));
});
