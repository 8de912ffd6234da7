// Passkeys: a form that asks for one is shown where the browser has them. It
// fetches what was begun, lets the browser ask the person, and sends the answer
// as a form like any other.
import { say } from "./say.ts";

export function passkeys(): void {
  if (!("PublicKeyCredential" in window) || !("parseCreationOptionsFromJSON" in PublicKeyCredential)) return;
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form).catch(() => say("No passkey was given. You can try again, or sign in otherwise."));
    });
  }
}

async function ask(form: HTMLFormElement): Promise<void> {
  const answer = await fetch(`${form.action}/begin`, { method: "POST" });
  if (!answer.ok) throw new Error(answer.statusText);
  const { options, begun } = await answer.json();
  const given =
    form.dataset["passkey"] === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.publicKey) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.publicKey) });
  field(form, "begun").value = begun;
  field(form, "answer").value = JSON.stringify((given as PublicKeyCredential).toJSON());
  form.submit();
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}
