package quiz

import "strings"

// ofTheAbove are the options that lint Q03 warns of, by language, as Normalise writes them. English ones hold in every language.
var ofTheAbove = map[string][]string{
	"en": {"all of the above", "none of the above", "all of these", "none of these", "all the above", "none of them", "all of them", "both of the above", "both a and b", "a and b", "all are correct", "none is correct", "all of the options", "none of the options"},
	"cs": {"všechny výše uvedené", "žádná z výše uvedených", "všechny možnosti", "žádná z možností", "nic z uvedeného", "vše uvedené"},
	"da": {"alle ovenstående", "ingen af ovenstående", "alle de ovenstående", "ingen af de ovenstående"},
	"de": {"alle genannten", "keine der genannten", "alle oben genannten", "keine der oben genannten", "alles oben genannte", "nichts davon", "alles davon", "alle antworten sind richtig", "keine antwort ist richtig", "alle antworten", "keine der antworten", "alle der genannten", "keines der genannten", "keiner der genannten"},
	"es": {"todas las anteriores", "ninguna de las anteriores", "todos los anteriores", "ninguno de los anteriores", "todo lo anterior", "nada de lo anterior", "todas son correctas", "ninguna es correcta"},
	"fi": {"kaikki edellä mainitut", "ei mikään edellä mainituista", "kaikki yllä olevat", "ei mikään yllä olevista"},
	"fr": {"toutes les réponses ci-dessus", "aucune des réponses ci-dessus", "tout ce qui précède", "rien de ce qui précède", "toutes les réponses", "aucune de ces réponses", "toutes ces réponses", "aucune des réponses"},
	"it": {"tutte le precedenti", "nessuna delle precedenti", "tutte le risposte precedenti", "nessuna delle risposte precedenti", "tutte le risposte sono corrette", "nessuna delle risposte"},
	"nb": {"alle de ovennevnte", "ingen av de ovennevnte", "alle alternativene", "ingen av alternativene"},
	"nl": {"alle bovenstaande", "geen van bovenstaande", "al het bovenstaande", "geen van de bovenstaande", "alle antwoorden zijn juist", "geen van deze"},
	"pl": {"wszystkie powyższe", "żadne z powyższych", "żadna z powyższych", "wszystkie odpowiedzi są poprawne", "żadna odpowiedź"},
	"pt": {"todas as anteriores", "nenhuma das anteriores", "todas as opções acima", "nenhuma das opções acima", "todas as alternativas", "nenhuma das alternativas"},
	"ro": {"toate cele de mai sus", "niciuna dintre cele de mai sus", "toate variantele", "nicio variantă"},
	"sv": {"alla ovanstående", "inget av ovanstående", "ingen av ovanstående", "alla alternativen", "inget av alternativen"},
	"tr": {"yukarıdakilerin hepsi", "yukarıdakilerin hiçbiri", "hepsi", "hiçbiri"},
	"uk": {"усе перелічене", "нічого з переліченого", "усі відповіді правильні", "жодна з відповідей"},
	"ru": {"все вышеперечисленное", "ничего из вышеперечисленного", "все ответы верны", "ни один из ответов"},
	"ja": {"上記すべて", "上記のすべて", "上記のいずれでもない", "すべて正しい", "該当なし"},
	"zh": {"以上都是", "以上皆是", "以上都不是", "以上皆非", "以上全部"},
}

// saysAll reports whether an option stands for all or none of the others, in the page's language or in English.
func saysAll(option, lang string) bool {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	text := Normalise(option, KeyText{Lang: specialCase(lang)})
	text = strings.TrimRight(text, "!?")
	for _, l := range []string{"en", base} {
		for _, p := range ofTheAbove[l] {
			if text == p {
				return true
			}
		}
	}
	return false
}
