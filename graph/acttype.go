package graph

// An ActMeaning says what an act type means and where it stands in the codebooks of event data.
type ActMeaning struct {
	Type    ActType
	Root    string // the CAMEO root it falls under; "" for what no codebook of events has
	Nearest string // the CAMEO code that fits best, or the root where none is finer
	PLOVER  string // the PLOVER category of that code; "" where PLOVER has none
	OfRoot  bool   // an event of this root gets this type, unless a finer one fits
	Meaning string
}

// The types that no codebook of events has, for what makes and unmakes states and their territory.
const (
	ActIndependence ActType = "INDEPENDENCE"
	ActTransfer     ActType = "TRANSFER"
)

// ActTypes is the closed list of what an act can be: every CAMEO root, and the finer acts of
// hand-written dossiers. A protest is what one government sends another; a demonstration, what a crowd does.
var ActTypes = []ActMeaning{
	{"STATEMENT", "01", "010", "", true, "says something publicly: announces, explains, denies, comments"},
	{"APPEAL", "02", "020", "", true, "asks for something"},
	{"PLEDGE", "03", "030", "AGREE", true, "states that it intends to cooperate"},
	{"CONSULTATION", "04", "040", "CONSULT", true, "talks with the other"},
	{"VISIT", "04", "042", "CONSULT", false, "goes, or comes, somewhere"},
	{"SUPPORT", "05", "050", "SUPPORT", true, "cooperates diplomatically: praises, recognises, signs"},
	{"APOLOGY", "05", "055", "SUPPORT", false, "expresses remorse"},
	{"COOPERATION", "06", "060", "COOPERATE", true, "cooperates in deed"},
	{"EXERCISE", "06", "062", "COOPERATE", false, "trains together"},
	{"AID", "07", "070", "AID", true, "gives aid"},
	{"CONCESSION", "08", "080", "CONCEDE", true, "yields"},
	{"RESUMPTION", "08", "085", "RETREAT", false, "takes up again, or lifts, what was suspended or curbed"},
	{"INVESTIGATION", "09", "090", "ACCUSE", true, "investigates"},
	{"DEMAND", "10", "100", "REQUEST", true, "demands"},
	{"ACCUSATION", "11", "110", "ACCUSE", true, "disapproves, criticises, accuses"},
	{"PROTEST", "11", "114", "ACCUSE", false, "complains officially: a note, a summons, a complaint to a body"},
	{"RULING", "11", "116", "ACCUSE", false, "a court or a body decides"},
	{"REJECTION", "12", "120", "REJECT", true, "refuses"},
	{"THREAT", "13", "130", "THREATEN", true, "threatens"},
	{"DEMONSTRATION", "14", "140", "PROTEST", true, "people protest: rally, strike, blockade"},
	{"MOBILIZATION", "15", "150", "MOBILIZE", true, "shows or raises force"},
	{"REDUCTION", "16", "160", "SANCTION", true, "reduces relations"},
	{"SUSPENSION", "16", "164", "SANCTION", false, "stops something for a time, or puts it off"},
	{"WITHDRAWAL", "16", "166", "SANCTION", false, "leaves, or stays away"},
	{"NOTICE_OF_TERMINATION", "16", "160", "SANCTION", false, "announces the end of an agreement"},
	{"RECALL", "16", "161", "SANCTION", false, "calls its envoy home"},
	{"SANCTION", "16", "163", "COERCE", false, "embargoes, boycotts, bans"},
	{"EXPORT_CONTROL", "16", "163", "COERCE", false, "puts exports under licence, or takes a partner off a list"},
	{"COERCION", "17", "170", "COERCE", true, "seizes, arrests, expels"},
	{"ASSAULT", "18", "180", "ASSAULT", true, "violence short of combat"},
	{"FIGHTING", "19", "190", "ASSAULT", true, "military force"},
	{"MASS_VIOLENCE", "20", "200", "ASSAULT", true, "unconventional mass violence"},
	{ActIndependence, "", "", "", false, "a state is formed, or becomes independent of another"},
	{ActTransfer, "", "", "", false, "gains territory, from another or from nobody"},
	{"INCIDENT", "", "", "", false, "an encounter whose nature the sides dispute, or that is none of the others"},
}

// ActTypeOfRoot gives the type of a CAMEO root ("01" to "20").
func ActTypeOfRoot(root string) (ActType, bool) {
	for _, a := range ActTypes {
		if a.OfRoot && a.Root == root {
			return a.Type, true
		}
	}
	return "", false
}
