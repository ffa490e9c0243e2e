package tfdd

import (
	"strings"

	"github.com/entente-graph/entente/ingest/table"
)

// The columns that are read.
const (
	entryID     = "Entry ID"
	number      = "2016Update ID"
	primary     = "Unified Primary 2016 Treaty ID"
	basin       = "Basin Name"
	title       = "DocumentName"
	signature   = "DateSigned"
	signatories = "Signatories"
	place       = "LocationSigned"
	parties     = "NumberParties"
	issue       = "Issue Area"
)

// list is the one file that is read, as published: another column is another version.
var list = table.Part{
	Name:   "the list of treaties",
	Format: table.Format{Layout: "TFDD's list of treaties", Columns: strings.Split(columns, "|")},
}

const columns = "Entry ID|BCCODE|BCODE|Basin Name|CCODE|Country_Name|2016Update ID|2010_TREATY_DocID|TFDDID|" +
	"Unified Primary 2016 Treaty ID|Primary2010_Treaty_DocID|PrimaryTFDDID| TFDDID Linkage|DocID Linkage|DocumentName|" +
	"DateSigned|Signatories|DocType|Format|Source|Notes|LocationSigned|Region_Continent|PRIMARY_COUNTRY_SUBREGION|" +
	"Treaty Basin(s)|TFDD Basin(s)|NumberParties|AdditionalComments|MinorAgreement|Reference to Precedence|Agreement Purpose|" +
	"GeoScope|Issue Area|RBO|Infrastructure|Allocation|Alloc_Article|Alloc_Text|Hydropower|Hydro_Article|Hydropower_Text|" +
	"Irrigation|Irrigation_Article|Groundwater|Groundwater_Article|Environment|Enviro_Article|Equity_Sustainability|" +
	"Equity_Article|Equity_Sustainability_Text|LocalNeeds|LocalNeeds_Article|Construct_Right|Construct_Article|Construct_Ban|" +
	"ConstructBan_Article|PriorNotification|PriorNotif_Article|Navigation|Nav_Article|Fishing|Fish_Article|BorderIssues|" +
	"Border_Article|TerritorialIssues|Territorial_Article|NonWater Linkage|NonWater_Article|NonWaterLink_Comments|" +
	"NonWater_Embed|Uncertainty Explicit|UncertExplicit_Article|VarMgmt|VarMgmt_Article|NeedsVariability|NeedsVar_Article|" +
	"AltScenarios|AltScen_Article|PredictionModel|PredictionModel_Article|JointMgmt|JointMgmt_Article|CommName|TechCoop|" +
	"TechCoop_Article|InfoExchange|InfoExchange_Article|Monitoring|Monitoring_Article|Conflict Resolution Mechanism|" +
	"ConflictRes_Article|AgreeFinance|AgreeFinance_Article|StakeholderParticip|Stakeholder_Article|Consultations|" +
	"Consulations_Article|Compensation|Compensation_Article|National_Prog_Law|NationalLaws_Article|NonSig_Riparians|" +
	"NonSigInterests_Article|People_Interests|PeoplesInterests_Article|AmendMech|AmendMech_Article|Precedent_NotEst|" +
	"PrecedentNotEst_Article|Precedent_Est|PrecedentEst_Article|Enforcement|EnforceMech|WaterDiv_Method|Basin_Name"
