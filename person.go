package headway

// Role is what a person is in their account. In business the one who uses, the
// one who buys and the one who pays may each want something else.
type Role string

// The roles; the empty one is not known.
const (
	User       Role = "user"
	Buyer      Role = "buyer"
	Payer      Role = "payer"
	Influencer Role = "influencer"
	OtherRole  Role = "other"
)

// Roles lists the roles in the order in which they are offered.
func Roles() []Role { return []Role{User, Buyer, Payer, Influencer, OtherRole} }

// Account is a customer's firm.
type Account struct {
	ID   AccountID `json:"id"`
	Name string    `json:"name"`
}

// Consent is what a person allowed us to do with their words.
type Consent string

// What was allowed; the empty one is not known.
const (
	ConsentGiven     Consent = "given"
	ConsentRefused   Consent = "refused"
	ConsentWithdrawn Consent = "withdrawn"
)
