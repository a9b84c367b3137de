// The page on which people sign in to the test identity provider: a user name, a button, and the way to give up.

const head =
  '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">';

export function signInPage(name: string, hint: string): string {
  return `${head}<title>Sign in to ${escaped(name)}</title>
<h1>${escaped(name)}</h1>
<form method="post">
<p><label>User name <input name="login" value="${escaped(hint)}" autofocus></label></p>
<p><button name="press" value="in">Sign in</button> <button name="press" value="cancel">Cancel</button></p>
</form>`;
}

export function nobodyPage(name: string): string {
  return `${head}<title>${escaped(name)}</title><h1>${escaped(name)}</h1><p>There is no such user.</p>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
