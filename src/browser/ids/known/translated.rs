//! Firefox's messages in other languages than English. They are recognized by words that translators keep, and by a few of
//! theirs.

use super::{
    plain::{around, holds, is_quote},
    quoted::without_stop,
};

/// The words that introduce the reason in Firefox's messages.
const REASON: [&str; 26] = [
    "Grund:",
    "Raison :",
    "Raison:",
    "Motif :",
    "Raz\u{f3}n:",
    "Motivo:",
    "Motiu:",
    "Reden:",
    "Orsak:",
    "Anledning:",
    "\u{c5}rsag:",
    "Syy:",
    "Pow\u{f3}d:",
    "D\u{16f}vod:",
    "Neden:",
    "Gerek\u{e7}e:",
    "\u{41f}\u{440}\u{438}\u{447}\u{438}\u{43d}\u{430}:",
    "\u{539f}\u{56e0}",
    "\u{7406}\u{7531}",
    "\u{539f}\u{56e0}\u{ff1a}",
    "\u{c774}\u{c720}:",
    "\u{c6d0}\u{c778}:",
    // The Polish message has no word for "reason".
    "(brakuj\u{105}cy nag\u{142}\u{f3}wek",
    "(nag\u{142}\u{f3}wek",
    "(nieudane",
    "\u{c0ac}\u{c720}:",
];

const ALLOW_ORIGIN: &str = "Access-Control-Allow-Origin";
const ALLOW_CREDENTIALS: &str = "Access-Control-Allow-Credentials";
const ALLOW_METHODS: &str = "Access-Control-Allow-Methods";
const ALLOW_HEADERS: &str = "Access-Control-Allow-Headers";

/// "missing"
const MISSING: &[&str] = &[
    "fehlt",
    "manquant",
    "falta",
    "ausente",
    "no existe",
    "mancante",
    "ontbreekt",
    "saknas",
    "brak",
    "chyb\u{ed}",
    "eksik",
    "puuttuu",
    "mangler",
    "\u{43e}\u{442}\u{441}\u{443}\u{442}\u{441}\u{442}\u{432}",
    "\u{7f3a}\u{5c11}",
    "\u{7f3a}\u{5931}",
    "\u{4e0d}\u{5b58}\u{5728}",
    "\u{8db3}\u{308a}",
    "\u{6b20}\u{3051}",
    "\u{5b58}\u{5728}\u{3057}",
    "\u{6b20}\u{843d}",
    "\u{c5c6}",
    "\u{b204}\u{b77d}",
];

/// "several", "not allowed"
const SEVERAL: &[&str] = &[
    "mehrere",
    "plusieurs",
    "m\u{fa}ltip",
    "varias",
    "multipl",
    "meerdere",
    "flera",
    "wiele",
    "wielokrot",
    "v\u{ed}ce",
    "birden \u{e7}ok",
    "\u{43d}\u{435}\u{441}\u{43a}\u{43e}\u{43b}\u{44c}\u{43a}",
    "\u{43c}\u{43d}\u{43e}\u{436}\u{435}\u{441}\u{442}\u{432}",
    "\u{591a}\u{4e2a}",
    "\u{591a}\u{500b}",
    "\u{591a}\u{91cd}",
    "\u{8907}\u{6570}",
    "\u{c5ec}\u{b7ec}",
    "\u{b2e4}\u{c911}",
];

/// "credentials", where they are not supported with `*`
const CREDENTIALS: &[&str] = &[
    "Zugangsdaten",
    "Anmeldedaten",
    "Berechtigung",
    "identifiant",
    "authentification",
    "credencia",
    "credenzia",
    "referenties",
    "autentiseringsuppgift",
    "po\u{15b}wiadcz",
    "uwierzytelni",
    "p\u{159}ihla\u{161}ovac\u{ed}",
    "kimlik",
    "\u{443}\u{447}\u{451}\u{442}\u{43d}",
    "\u{443}\u{447}\u{435}\u{442}\u{43d}",
    "\u{51ed}\u{636e}",
    "\u{6191}\u{64da}",
    "\u{8a8d}\u{8a3c}",
    "\u{8cc7}\u{683c}\u{60c5}\u{5831}",
    "\u{c790}\u{aca9}",
    "\u{c778}\u{c99d}",
    "Credential",
];

/// "invalid"
const INVALID: &[&str] = &[
    "ung\u{fc}ltig",
    "invalide",
    "non valide",
    "incorrect",
    "inv\u{e1}lid",
    "no v\u{e1}lid",
    "non valid",
    "ongeldig",
    "ogiltig",
    "nieprawid",
    "neplatn",
    "ge\u{e7}ersiz",
    "\u{43d}\u{435}\u{434}\u{43e}\u{43f}\u{443}\u{441}\u{442}",
    "\u{43d}\u{435}\u{432}\u{435}\u{440}\u{43d}",
    "\u{65e0}\u{6548}",
    "\u{7121}\u{6548}",
    "\u{7121}\u{52b9}",
    "\u{4e0d}\u{6b63}",
    "\u{c798}\u{babb}",
    "\u{c720}\u{d6a8}\u{d558}\u{c9c0}",
];

/// "redirect"
const REDIRECT: &[&str] = &[
    "Weiterleitung",
    "Umleitung",
    "redirect",
    "redirecci",
    "redirection",
    "redirecionamento",
    "reindirizzamento",
    "omleiding",
    "omdirigering",
    "przekierowan",
    "p\u{159}esm\u{11b}rov",
    "y\u{f6}nlendirme",
    "\u{43f}\u{435}\u{440}\u{435}\u{43d}\u{430}\u{43f}\u{440}\u{430}\u{432}",
    "\u{91cd}\u{5b9a}\u{5411}",
    "\u{91cd}\u{65b0}\u{5c0e}\u{5411}",
    "\u{30ea}\u{30c0}\u{30a4}\u{30ec}\u{30af}\u{30c8}",
    "\u{b9ac}\u{b514}\u{b809}",
];

/// "preflight"
const PREFLIGHT: &[&str] = &[
    "preflight",
    "pr\u{e9}liminaire",
    "pr\u{e9}-v\u{e9}rification",
    "prev\u{e9}rification",
    "verificaci\u{f3}n previa",
    "preliminar",
    "wst\u{119}pn",
    "\u{43f}\u{440}\u{435}\u{434}\u{432}\u{430}\u{440}\u{438}\u{442}\u{435}\u{43b}",
    "\u{9884}\u{68c0}",
    "\u{9810}\u{6aa2}",
    "\u{30d7}\u{30ea}\u{30d5}\u{30e9}\u{30a4}\u{30c8}",
    "\u{c0ac}\u{c804}",
];

/// Pieces of a translated reason, and the id of its message. The first rule that matches counts.
type Rule = (&'static [&'static str], &'static [&'static str], &'static str);

const RULES: &[Rule] = &[
    (&[ALLOW_HEADERS, "'*'", "Authorization"], &[], "CORSAllowHeaderFromPreflightDeprecation"),
    (&[ALLOW_HEADERS], INVALID, "CORSInvalidAllowHeader"),
    (&[ALLOW_HEADERS], &[], "CORSMissingAllowHeaderFromPreflight"),
    (&[ALLOW_METHODS], INVALID, "CORSInvalidAllowMethod"),
    (&[ALLOW_METHODS], &[], "CORSMethodNotFound"),
    (&[ALLOW_CREDENTIALS], &[], "CORSMissingAllowCredentials"),
    (&[ALLOW_ORIGIN, "'*'"], CREDENTIALS, "CORSNotSupportingCredentials"),
    (&[ALLOW_ORIGIN], SEVERAL, "CORSMultipleAllowOriginNotAllowed"),
    (&[ALLOW_ORIGIN], MISSING, "CORSMissingAllowOrigin"),
    (&[ALLOW_ORIGIN], &[], "CORSAllowOriginNotMatchingOrigin"),
    (&["CORS", "'Origin'"], &[], "CORSOriginHeaderNotAdded"),
    (&["CORS"], PREFLIGHT, "CORSPreflightDidNotSucceed"),
    (&["CORS"], REDIRECT, "CORSExternalRedirectNotAllowed"),
    // The reason has the word after the URL, and the URL has it with a colon.
    (
        &["CORS"],
        &[
            " http)",
            "http)",
            " http\u{ff09}",
            "http\u{ff09}",
            " http.",
            "http \u{3067}\u{306f}",
            "http\u{3067}\u{306f}",
        ],
        "CORSRequestNotHttp",
    ),
    (
        &["CORS"],
        &[
            "deaktiviert",
            "d\u{e9}sactiv",
            "deshabilit",
            "desativ",
            "disabilit",
            "\u{43e}\u{442}\u{43a}\u{43b}\u{44e}\u{447}",
            "\u{7981}\u{7528}",
            "\u{505c}\u{7528}",
            "\u{7121}\u{52b9}",
        ],
        "CORSDisabled",
    ),
    (&["CORS"], &[], "CORSDidNotSucceed"),
];

/// The id of a message of Firefox in another language, if `line` is one, and the URL that it names.
pub(super) fn id_and_url_of(line: &str) -> Option<(&'static str, Option<&str>)> {
    // OPTIMIZATION: each rule has one of these words.
    if !holds(line, "CORS") && !holds(line, "Access-Control-Allow-") {
        return None;
    }
    // The reason follows a word for it. The text before contains the URL, which may contain any words.
    let (before, reason) = REASON.into_iter().find_map(|opening| {
        let (before, reason) = around(line, opening)?;
        // An opening that is a bracket belongs to the reason.
        Some((before, if opening.starts_with('(') { line.get(before.len()..)? } else { reason }))
    })?;
    let holds = |word: &&str| holds(reason, word);
    let rule = RULES.iter().find(|(all, any, _)| all.iter().all(holds) && (any.is_empty() || any.iter().any(holds)));
    rule.map(|(_, _, id)| (*id, url_in(before)))
}

/// The URL in a text. It is serialized, so it has neither blanks nor quotes, and ends at a character outside of ASCII.
fn url_in(text: &str) -> Option<&str> {
    let start = ["https://", "http://"].into_iter().find_map(|scheme| around(text, scheme))?.0.len();
    let url = text.get(start..)?;
    let is_end = |character: char| !character.is_ascii_graphic() || is_quote(character);
    url.split(is_end).next().map(without_stop)
}
