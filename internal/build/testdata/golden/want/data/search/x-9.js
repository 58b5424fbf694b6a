waymark.search("x","d3lv4234",9,[
["From the first module to a closed relationship. The way of a new mentor, with a link."]
]);
