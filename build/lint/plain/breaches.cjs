/* What only a script can breach, which knows less strict a language than a module. */
function breaches(a) {
  with (a) a(); // breach: no-with
  delete a; // breach: no-delete-var
  a('\8'); // breach: no-nonoctal-decimal-escape
}
breaches();
