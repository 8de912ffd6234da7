package source

import (
	"cmp"
	"encoding/json"
	"html"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/headway-oss/headway"
)

// slack reads a channel of a Slack export, or one day of it.
var slack = format{
	name: "slack",
	is:   func(p *peek) bool { return slackMessages.MatchString(p.head()) },
	read: readSlack,
}

var slackMessages = regexp.MustCompile(`^\s*(?:\{\s*"slack_channel"|\[\s*\{[\s\S]*"ts"\s*:\s*"\d{9,11}\.\d+")`)

// slackChannel is how the days of one channel and the people of the workspace
// are written together by slackChannels.
type slackChannel struct {
	ID       string         `json:"slack_channel"`
	Name     string         `json:"name"`
	Users    []slackUser    `json:"users"`
	Messages []slackMessage `json:"messages"`
}

type slackUser struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Profile slackProfile `json:"profile"`
}

type slackProfile struct {
	RealName    string `json:"real_name"`
	DisplayName string `json:"display_name"`
	Name        string `json:"name"`
	Email       string `json:"email,omitempty"`
}

type slackMessage struct {
	Type     string       `json:"type"`
	Subtype  string       `json:"subtype,omitempty"`
	User     string       `json:"user,omitempty"`
	Username string       `json:"username,omitempty"` // of a bot
	BotID    string       `json:"bot_id,omitempty"`
	Text     string       `json:"text"`
	TS       string       `json:"ts"` // seconds since 1970, with six decimals: the message's id
	ThreadTS string       `json:"thread_ts,omitempty"`
	Profile  slackProfile `json:"user_profile"`
	Files    []struct {
		Name  string `json:"name"`
		Title string `json:"title"`
	} `json:"files,omitempty"`
}

var slackDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}\.json$`)

// slackChannels writes the days of every channel of a Slack export as one file,
// with the people of the workspace in it; other files come back as they are.
func slackChannels(files []File) []File {
	users := slices.IndexFunc(files, func(f File) bool { return path.Base(f.Name) == "users.json" })
	days := slices.ContainsFunc(files, func(f File) bool { return slackDay.MatchString(path.Base(f.Name)) })
	if users < 0 || !days {
		return files
	}
	var people []slackUser
	if json.Unmarshal(files[users].Data, &people) != nil {
		return files
	}
	ids := channelIDs(files)
	channels := map[string]*slackChannel{}
	var rest []File
	var names []string
	for _, f := range files {
		dir := path.Dir(f.Name)
		var messages []slackMessage
		switch {
		case isSlackList(path.Base(f.Name)):
		case slackDay.MatchString(path.Base(f.Name)) && json.Unmarshal(f.Data, &messages) == nil:
			if channels[dir] == nil {
				names = append(names, dir)
				channels[dir] = &slackChannel{ID: cmp.Or(ids[path.Base(dir)], dir), Name: path.Base(dir), Users: people}
			}
			channels[dir].Messages = append(channels[dir].Messages, messages...)
		default:
			rest = append(rest, f)
		}
	}
	for _, dir := range names {
		if data, err := json.Marshal(channels[dir]); err == nil {
			rest = append(rest, File{Name: dir, Data: data})
		}
	}
	return rest
}

func isSlackList(base string) bool {
	return slices.Contains([]string{"users.json", "channels.json", "groups.json", "dms.json", "mpims.json", "integration_logs.json", "canvases.json", "lists.json"}, base)
}

// channelIDs gives the ids of an export's channels by name.
func channelIDs(files []File) map[string]string {
	ids := map[string]string{}
	for _, f := range files {
		var channels []struct{ ID, Name string }
		if isSlackList(path.Base(f.Name)) && json.Unmarshal(f.Data, &channels) == nil {
			for _, c := range channels {
				ids[cmp.Or(c.Name, c.ID)] = c.ID
			}
		}
	}
	return ids
}

func readSlack(r *reading) error {
	var channel slackChannel
	var err error
	if strings.HasPrefix(strings.TrimSpace(r.text), "[") {
		err = json.Unmarshal([]byte(r.text), &channel.Messages)
	} else {
		err = json.Unmarshal([]byte(r.text), &channel)
	}
	if err != nil {
		return headway.Errorf(headway.Invalid, "the Slack export is damaged (%w): export it again", err)
	}
	messages := threaded(channel.Messages)
	if len(messages) == 0 {
		return headway.Errorf(headway.Invalid, "the Slack export holds no message: export it again")
	}
	s := slackReading{d: r.draft(headway.Chat, "slack", channel.key(messages)), people: map[string]slackProfile{}}
	c := s.d.Conversation()
	c.Title = channel.Name
	if when, ok := slackTime(messages[0].TS); ok {
		c.Date = headway.Date{Time: when, From: headway.DateFromHeader}
	}
	for _, u := range channel.Users {
		u.Profile.Name = cmp.Or(u.Profile.Name, u.Name)
		s.people[u.ID] = u.Profile
	}
	for _, m := range messages {
		s.message(m)
	}
	r.keep(s.d)
	return nil
}

// key is the channel; of a single day, which names none, its first message.
func (c *slackChannel) key(messages []slackMessage) string {
	return cmp.Or(c.ID, messages[0].TS+messages[0].User)
}

// threaded puts messages in the order in which they read: by time, a thread's
// answers below its first message.
func threaded(messages []slackMessage) []slackMessage {
	out := slices.DeleteFunc(slices.Clone(messages), func(m slackMessage) bool { return m.TS == "" && m.Text == "" })
	place := func(m slackMessage) string { return cmp.Or(m.ThreadTS, m.TS) }
	slices.SortStableFunc(out, func(a, b slackMessage) int {
		return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.TS, b.TS))
	})
	return out
}

func slackTime(ts string) (time.Time, bool) {
	seconds, err := strconv.ParseFloat(ts, 64)
	if err != nil || seconds < 0 || seconds > 1e11 {
		return time.Time{}, false
	}
	return time.UnixMicro(int64(seconds * 1e6)).UTC(), true
}

// slackReading is a channel while its conversation is made.
type slackReading struct {
	d      *headway.Draft
	people map[string]slackProfile
}

// message adds one message. What the program writes itself (joined, renamed,
// pinned) is a finding.
func (s *slackReading) message(m slackMessage) {
	text := s.plain(m.Text)
	name, email := s.author(m)
	switch m.Subtype {
	case "", "thread_broadcast", "file_share", "me_message", "bot_message", "file_comment", "reply_broadcast":
		if s.d.Say(name, text) != nil && email != "" {
			s.d.Speaker(name).Email = email
		}
	default:
		s.find("a line of the program's own ("+m.Subtype+") is no speech", text)
	}
	for _, f := range m.Files {
		s.find("attachment "+strconv.Quote(cmp.Or(f.Name, f.Title))+" is not read; give it on its own if it holds words", "")
	}
}

func (s *slackReading) find(what, text string) {
	c := s.d.Conversation()
	c.Findings = append(c.Findings, headway.Finding{What: what, Text: text})
}

func (s *slackReading) author(m slackMessage) (name, email string) {
	profile, known := s.people[m.User]
	if !known {
		profile = m.Profile
	}
	name = cmp.Or(profile.RealName, profile.DisplayName, profile.Name, m.Username, m.User, m.BotID)
	return oneLine(name), strings.ToLower(profile.Email)
}

var slackLink = regexp.MustCompile(`<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>`)

// plain gives a message's words without Slack's marks: links keep their text,
// people and channels their names.
func (s *slackReading) plain(text string) string {
	text = slackLink.ReplaceAllStringFunc(text, func(mark string) string {
		m := slackLink.FindStringSubmatch(mark)
		kind, target, label := m[1], m[2], m[3]
		if kind == "" {
			return cmp.Or(label, target)
		}
		if kind == "@" && label == "" {
			profile := s.people[target]
			label = cmp.Or(profile.RealName, profile.DisplayName, profile.Name)
		}
		if kind == "!" {
			kind = "@"
		}
		return kind + strings.TrimLeft(cmp.Or(label, target), "@#")
	})
	text, _ = clean([]byte(html.UnescapeString(text)))
	return strings.TrimSpace(text)
}

// oneLine gives a name without line ends and control characters.
func oneLine(name string) string {
	name, _ = clean([]byte(name))
	return strings.Join(strings.Fields(name), " ")
}
