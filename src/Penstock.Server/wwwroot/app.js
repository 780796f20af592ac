// What the UI can't do without a script: the viewer's zone and palette, copying, and coming back after a lost connection.
window.penstock = {
    viewer: () => {
        const kept = localStorage.getItem('penstock.dark');
        return {
            zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
            dark: kept === null ? matchMedia('(prefers-color-scheme: dark)').matches : kept === '1',
        };
    },
    setDark: dark => localStorage.setItem('penstock.dark', dark ? '1' : '0'),
    // Puts a text where the cursor is, as if it had been typed; from where to where of it is selected then.
    insert: (element, text, from, to) => {
        const start = element.selectionStart ?? element.value.length;
        element.setRangeText(text, start, element.selectionEnd ?? start, 'end');
        element.setSelectionRange(start + from, start + to);
        element.dispatchEvent(new Event('input', { bubbles: true }));
        element.focus();
    },
    copy: text => navigator.clipboard.writeText(text),
    download: (name, type, text) => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob([text], { type }));
        link.download = name;
        link.click();
        URL.revokeObjectURL(link.href);
    },
};

// Pages that are plain forms have no circuit to start.
if (window.Blazor) {
    Blazor.start({
        circuit: {
            reconnectionOptions: { maxRetries: 600, retryIntervalMilliseconds: attempt => Math.min(500 * (attempt + 1), 3000) },
        },
    });
    const modal = document.getElementById('components-reconnect-modal');
    modal?.addEventListener('components-reconnect-state-changed', event => {
        const state = event.detail.state;
        modal.hidden = state === 'hide';
        modal.dataset.state = state;
        // The server was restarted and no longer knows this page: what was entered is in the draft.
        if (state === 'rejected') location.reload();
    });
}
