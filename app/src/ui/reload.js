// Follows `cargo leptos watch`: new styles are swapped in, anything else loads the page again. Never in production.
(port) => {
  const connect = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.hostname}:${port}/live_reload`);
    socket.onmessage = ({ data }) => {
      const { all, css } = JSON.parse(data);
      const sheet = css && document.querySelector(`link[rel=stylesheet][href*="${css}"]`);
      if (sheet) sheet.href = `/${css}?version=${Date.now()}`;
      else if (all || css) location.reload();
    };
    socket.onclose = () => setTimeout(connect, 1000);
  };
  connect();
}
