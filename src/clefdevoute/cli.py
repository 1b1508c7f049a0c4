"""
The command ``clefdevoute``: one door, a module per subcommand, nothing imported before it is needed.

Exit codes: 0 done, 1 refused with a sentence on stderr, 2 wrong usage.
"""

import importlib
import sys

COMMANDS = {
    "demo": "Démarre une entreprise inventée sur 127.0.0.1, base embarquée.",
    "serve": "Sert une installation.",
    "worker": "Exécute les tâches de fond.",
    "migrate": "Met la base à jour, après une sauvegarde.",
    "createuser": "Crée un compte et son rôle dans une entreprise.",
    "droit": "Interroge le droit : paramètres, règles, une règle sur des faits.",
    "factures": "Lit des factures électroniques.",
    "justification": "Produit le dossier annuel de justification.",
    "travailleurs": "Importe un registre de travailleurs.",
    "rappels": "Envoie les rappels d’échéances d’un jour.",
    "journal": "Vérifie la chaîne du journal.",
    "django": "Passe une commande à Django (développement).",
}


def _usage() -> str:
    width = max(map(len, COMMANDS))
    rows = "\n".join(f"  {name:<{width}}  {about}" for name, about in COMMANDS.items())
    return f"usage : clefdevoute COMMANDE …\n\n{rows}\n\n« clefdevoute COMMANDE --help » dit le reste."


def main(argv: list[str] | None = None) -> int:
    """Hand the words to the subcommand's own ``main(argv)`` and answer its exit code."""
    words = sys.argv[1:] if argv is None else argv
    if not words or words[0] in {"-h", "--help"}:
        sys.stdout.write(_usage() + "\n")
        return 0 if words else 2
    name, rest = words[0], words[1:]
    if name not in COMMANDS:
        sys.stderr.write(f"« {name} » n'est pas une commande.\n\n{_usage()}\n")
        return 2
    module = importlib.import_module(f"clefdevoute.config.commands.{name}")
    code: int = module.main(rest)
    return code


if __name__ == "__main__":
    raise SystemExit(main())
