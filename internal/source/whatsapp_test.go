package source

import "testing"

func TestALaterExportOfAChatIsTheSameChatGoneOn(t *testing.T) {
	const first = "12/03/2026, 14:02 - Messages are end-to-end encrypted.\n12/03/2026, 14:02 - Ana: Do you print mugs?\n"
	ids := map[string]string{}
	for name, text := range map[string]string{
		"first":   first,
		"later":   first + "13/03/2026, 09:10 - Jan: We do.\n13/03/2026, 09:12 - Ana: Two hundred then.\n",
		"another": "12/03/2026, 14:02 - Messages are end-to-end encrypted.\n12/03/2026, 14:02 - Ben: Do you print mugs?\n",
	} {
		batch, err := Read(File{Name: "chat.txt", Data: []byte(text)}, Options{})
		if err != nil || batch.Format != "whatsapp" {
			t.Fatalf("%s: format %q, %v", name, batch.Format, err)
		}
		ids[name] = string(batch.Conversations[0].ID)
	}
	if ids["first"] != ids["later"] || ids["first"] == ids["another"] {
		t.Errorf("got %v", ids)
	}
}
