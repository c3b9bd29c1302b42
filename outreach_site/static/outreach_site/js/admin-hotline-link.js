// A hotline number inside of a text: a button opens the list of records; the editor keeps the link whole.
const { createElement } = window.React;

const Hotline = ({ contentState, entityKey, children }) =>
  createElement("a", { className: "TooltipEntity", title: contentState.getEntity(entityKey).getData().title }, children);

// The window of every chooser, which Wagtail's own for pages extends and no name leads to.
const ChooserModal = Object.getPrototypeOf(window.PageChooserModal);

class HotlineSource extends window.draftail.ModalWorkflowSource {
  getChooserConfig() {
    return {
      url: this.props.entityType.chooserUrls.hotlineChooser,
      urlParams: {},
      onload: new ChooserModal("").onloadHandlers,
      responses: { chosen: this.onChosen },
    };
  }

  // "111 · Helpline": the number alone goes into the sentence, in the place of what was marked.
  onChosen(record) {
    const number = record.string.split(" · ")[0];
    super.onChosen({ id: record.id, title: number, record: record.string, prefer_this_title_as_link_text: true });
  }

  filterEntityData(data) {
    return { id: data.id, title: data.record };
  }
}

window.draftail.registerPlugin({ type: "HOTLINE", source: HotlineSource, decorator: Hotline }, "entityTypes");
