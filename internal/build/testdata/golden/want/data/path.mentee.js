waymark.path({"id":"mentee",
"modules": [
{"id":"agreement","title":"Mentoring agreement","url":"papers/agreement.html","kind":"form","minutes":[1,1],"rule":"read"},
{"id":"challenge-missed","title":"The mentee keeps cancelling","url":"challenges/missed-meetings.html","kind":"challenge","minutes":[8,18],"rule":{"any":[{"good":true,"scenario":"missed"},"manual"]},"checks":[{"id":"missed","type":"scenario","rev":"c909","points":1}]}
],
"paths": [
{"id":"mentee","title":"Being mentored","url":"paths/mentee.html","edition":"","mode":"open","rule":{"stages":["only"]},"stages":[{"id":"only","title":"Only stage","items":[{"item":"form","id":"agreement","title":"Mentoring agreement","url":"papers/agreement.html","minutes":[1,1]},{"item":"module","id":"challenge-missed","title":"The mentee keeps cancelling","url":"challenges/missed-meetings.html","minutes":[8,18]}]}]}
]});
