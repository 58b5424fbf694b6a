waymark.search("x","a3gma2li",11,[
["Read."]
]);
