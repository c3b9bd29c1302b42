/* A page's address from its title: marks off before the admin makes the slug, or "Đồng" becomes "djng". */
document.addEventListener(
  "w-sync:apply",
  (event) => {
    const { detail } = event;
    if (typeof detail?.value !== "string") return;
    detail.value = detail.value
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/đ/g, "d")
      .replace(/Đ/g, "D");
  },
  true,
);
