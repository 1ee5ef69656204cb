#include "passage/cue_words.h"

namespace wirecopy {
namespace {

// Verbs of saying, as reports of speech use them, and "according to".
constexpr std::string_view kSpeech =
    "said says saying told tells added adds asked stated according wrote "
    "writes tweeted posted dit déclaré affirmé ajouté expliqué selon indique "
    "sagte sagt erklärte teilte betonte schrieb laut dijo dice declaró afirmó "
    "añadió según explicó disse afirmou segundo declarou detto dichiarato "
    "secondo zei zegt volgens قال قالت وقال وقالت أضاف وأضاف أضافت وأضافت صرح "
    "أوضح وفقا";

// What publishers print around their articles.
constexpr std::string_view kRights =
    "copyright reserved subscribe subscribers subscription newsletter "
    "unsubscribe reprint reprinted reprinting republish masthead advertisement "
    "disclaimer abonnez newsletters droits réservés vorbehalten abonnieren "
    "impressum derechos reservados suscríbase suscripción boletín direitos "
    "riservati iscriviti nieuwsbrief حقوق محفوظة الاشتراك";

}  // namespace

CueWords::CueWords(uint64_t seed) {
  Add(kRights, seed, Hint::kRights);
  Add(kSpeech, seed, Hint::kSpeech);
}

void CueWords::Add(std::string_view words, uint64_t seed, Hint hint) {
  TokenText text;
  text.Read(words, seed);
  for (const TokenCode code : text.codes()) {
    hints_[code] = hint;
    may_hint_.set(SlotOf(code));
  }
}

}  // namespace wirecopy
